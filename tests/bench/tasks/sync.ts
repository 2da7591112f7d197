import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Session } from '#lib/auth/session.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { createSource } from '#lib/sources/sources.ts';
import type { SyncResult } from '#lib/sync/run.ts';
import { startSync } from '#lib/sync/start.ts';
import { columns } from '#tests/bench/data.ts';
import { asAdmin, type Ground, newDataset } from '#tests/bench/ground.ts';
import { type Stack, startStack } from '#tests/support/run-jobs.ts';
import { serveFlights } from './flights-source.ts';
import type { Measured } from './registry.ts';
import { spentBy } from './spent.ts';

const LONGEST_SYNC_MS = 300_000;

/**
 * A whole sync of a CSV file into an empty dataset, from its request to the end of its job: fetched, spooled,
 * mapped and merged. Then the same once more, when no row has changed.
 */
export async function sync(ground: Ground, { rows }: { readonly rows: number }): Promise<Measured> {
  const { database, supabase, folder } = ground;
  const stack = await startStack(database, { environment: supabase });
  const vendor = await serveFlights(join(folder, 'flights.csv'), rows);
  const { session, dataset } = await newDataset(database, 'synced');
  const { id } = await createSource(session, sourceOf(vendor.url));
  const first = await spentBy(database, () => syncOnce(stack, session, id, { inserted: rows }));
  const calls = vendor.calls();
  const { schema, name } = dataset.table;
  await asAdmin(database, (admin) => admin.query(`vacuum analyze ${schema}.${name}`));
  const second = await spentBy(database, () => syncOnce(stack, session, id, { unchanged: rows }));
  vendor.close();
  await stack.close();
  return {
    ...first,
    calls,
    unchangedSeconds: second.seconds,
    unchangedDatabaseSeconds: second.databaseSeconds,
    unchangedWalMb: second.walMb,
  };
}

async function syncOnce(stack: Stack, session: Session, sourceId: string, expected: Partial<SyncResult>) {
  const { runs } = await startSync(session, { sourceId, mode: 'full' });
  const job = await stack.jobDone(runs[0]?.jobId ?? '', LONGEST_SYNC_MS);
  assert.partialDeepStrictEqual(job, { status: 'completed', result: expected });
}

/** A source that brings the flights at an address into the dataset `synced`. */
export function sourceOf(url: string) {
  const fields = Object.fromEntries(columns.map(({ name }) => [name, name]));
  return sourceInput.parse({
    sourceType: 'csv',
    displayName: 'Flights',
    config: { url },
    streams: { rows: { dataset: 'synced', fields } },
  });
}
