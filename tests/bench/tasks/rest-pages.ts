import { createClient } from '@supabase/supabase-js';
import Papa from 'papaparse';
import { asAdmin, type Ground } from '#tests/bench/ground.ts';
import { startTestSupabase } from '#tests/support/supabase.ts';
import { readLargeTable } from './large-table.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

const PAGE_ROWS = 1_000;

interface Paged {
  readonly rows: number;
  readonly sample: number;
}

/**
 * For comparison: the large table as CSV by pages of supabase-js, a thousand rows each, and papaparse, all lines in
 * memory. Pages are slow, so `sample` rows are read and the time is that of `rows` at the same pace; later pages,
 * which skip more, would be slower.
 */
export async function restPages(ground: Ground, { rows, sample }: Paged): Promise<Measured> {
  await readLargeTable(ground, {}, async (_, plan) => {
    const names = plan.columns.map(({ source }) => `"${source}"`).join(', ');
    await asAdmin(ground.database, (admin) => copySample(admin, names, sample));
  });
  // An API that starts now knows the new table.
  const supabase = await startTestSupabase(ground.database);
  const { SUPABASE_URL, SUPABASE_SECRET_KEY } = supabase.environment;
  const client = createClient(SUPABASE_URL, SUPABASE_SECRET_KEY);
  const { seconds } = await timed(async () => {
    const lines: string[] = [];
    for (let first = 0; first < sample; first += PAGE_ROWS) {
      const page = client
        .from('paged')
        .select()
        .order('number')
        .range(first, first + PAGE_ROWS - 1);
      const { data } = await page.throwOnError();
      lines.push(Papa.unparse(data, { header: first === 0 }));
    }
    return { megabytes: Buffer.byteLength(lines.join('\r\n')) / 1e6 };
  });
  await supabase.close();
  return { seconds: (seconds * rows) / sample };
}

async function copySample(
  admin: { query(text: string): Promise<unknown> },
  names: string,
  sample: number,
): Promise<void> {
  const { rows } = (await admin.query(
    `select table_schema, table_name from public.datasets where name = 'flights' limit 1`,
  )) as { rows: readonly { table_schema: string; table_name: string }[] };
  const [found] = rows;
  if (!found) throw new Error('there is no large table');
  await admin.query(`drop table if exists public.paged`);
  await admin.query(
    `create table public.paged as select row_number() over () as number, ${names}
     from ${found.table_schema}.${found.table_name} limit ${sample}`,
  );
  await admin.query('create unique index on public.paged (number)');
}
