import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { asAdmin, type Ground } from '#tests/bench/ground.ts';
import { startStack } from '#tests/support/run-jobs.ts';
import { startVendor } from '#tests/support/vendor/vendor.ts';
import { startWorker } from '#tests/support/worker.ts';
import { newApiSource, requireDone, startApiSync } from './api-source.ts';
import type { Measured } from './registry.ts';

const DIES_AT_PAGE = 5;
const LOOK_MS = 5;

/**
 * How long it takes from the SIGKILL of a worker, before it commits a page, to the next page that is committed; and
 * how many rows have to be read again. Leases, waits and retries of the queue are the real ones.
 */
export async function kill(
  { database, supabase }: Ground,
  { rows, pageRows }: { readonly rows: number; readonly pageRows: number },
): Promise<Measured> {
  const worker = await startWorker();
  const stack = await startStack(database, { environment: supabase, receiver: worker, retryDelayScale: 1 });
  await worker.obey({ killAt: [{ point: 'commit', nth: DIES_AT_PAGE }] });
  const vendor = await startVendor();
  const source = await newApiSource({ database }, vendor, { kind: 'cursor', rows, pageRows });
  const jobId = await startApiSync(source);
  const measured = await asAdmin(database, async (admin) => {
    while (worker.deaths() === 0) await sleep(LOOK_MS);
    const diedAt = performance.now();
    const read = vendor.calls.length * pageRows;
    const stored = await pagesOf(admin, source.id);
    while ((await pagesOf(admin, source.id)) === stored) await sleep(LOOK_MS);
    return { seconds: (performance.now() - diedAt) / 1_000, lostRows: read - stored * pageRows };
  });
  await requireDone(stack, jobId, { inserted: rows });
  vendor.close();
  await stack.close();
  return measured;
}

async function pagesOf(admin: pg.Client, sourceId: string): Promise<number> {
  const { rows } = await admin.query('select pages from public.sync_cursors where source_id = $1', [
    sourceId,
  ]);
  return rows[0]?.pages ?? 0;
}
