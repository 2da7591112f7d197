import { createClient } from '@supabase/supabase-js';
import type { CellText } from '#lib/core/columns.ts';
import { columns, flights } from '#tests/bench/data.ts';
import { asAdmin, type Ground } from '#tests/bench/ground.ts';
import { startTestSupabase } from '#tests/support/supabase.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

const REQUEST_ROWS = 100;

/**
 * For comparison: rows upserted a hundred a request by supabase-js. So many are slow, so `sample` rows are sent and
 * the time is that of `rows` at the same pace.
 */
export async function upserts(
  { database }: Ground,
  { rows, sample }: { readonly rows: number; readonly sample: number },
): Promise<Measured> {
  await asAdmin(database, (admin) =>
    admin.query(`drop table if exists public.upserted; create table public.upserted (
      flight_no text primary key, departed timestamptz, day date, origin text, destination text, route text,
      delay bigint, distance bigint, fare numeric, late boolean, note text, details jsonb)`),
  );
  // An API that starts now knows the new table.
  const supabase = await startTestSupabase(database);
  const { SUPABASE_URL, SUPABASE_SECRET_KEY } = supabase.environment;
  const table = createClient(SUPABASE_URL, SUPABASE_SECRET_KEY).from('upserted');
  const objects = await Array.fromAsync(flights(sample), objectOf);
  const { seconds } = await timed(async () => {
    for (let first = 0; first < sample; first += REQUEST_ROWS) {
      await table.upsert(objects.slice(first, first + REQUEST_ROWS)).throwOnError();
    }
    return {};
  });
  await supabase.close();
  return { seconds: (seconds * rows) / sample };
}

function objectOf(flight: readonly CellText[]): Record<string, unknown> {
  const entries = columns.map(({ name, type }, place): [string, unknown] => {
    const cell = flight[place] ?? null;
    return [name, type === 'json' ? JSON.parse(cell ?? 'null') : cell];
  });
  return Object.fromEntries(entries);
}
