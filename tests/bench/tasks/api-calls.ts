import type { Ground } from '#tests/bench/ground.ts';
import { startStack } from '#tests/support/run-jobs.ts';
import { pagingKinds } from '#tests/support/vendor/question.ts';
import { startVendor } from '#tests/support/vendor/vendor.ts';
import { newApiSource, requireDone, startApiSync } from './api-source.ts';
import type { Measured } from './registry.ts';

const CHANGED_SHARE = 0.01;
const HOUR_MS = 3_600_000;

const kinds = pagingKinds.filter((kind) => kind !== 'none');

/**
 * How often an API is asked for all of its rows, and then for the one in a hundred that has changed, in each way
 * of paging; and how often it would have to be at least.
 */
export async function apiCalls(
  { database, supabase }: Ground,
  { rows, pageRows }: { readonly rows: number; readonly pageRows: number },
): Promise<Measured> {
  const stack = await startStack(database, { environment: supabase });
  const vendor = await startVendor({ now: new Date(Date.now() - HOUR_MS).toISOString() });
  const start = performance.now();
  const changed = Math.round(rows * CHANGED_SHARE);
  let full = 0;
  let changes = 0;
  for (const kind of kinds) {
    const source = await newApiSource({ database }, vendor, { kind, rows, pageRows });
    const before = vendor.calls.length;
    await requireDone(stack, await startApiSync(source), { inserted: rows });
    full += vendor.calls.length - before;
    vendor.clock.advance(HOUR_MS / 10);
    for (let id = 1; id <= changed; id += 1) vendor.table(kind).update(id, { name: 'changed' });
    const between = vendor.calls.length;
    await requireDone(stack, await startApiSync(source, 'incremental'), { updated: changed });
    changes += vendor.calls.length - between;
  }
  const seconds = (performance.now() - start) / 1_000;
  vendor.close();
  await stack.close();
  return {
    seconds,
    full,
    fullAtLeast: kinds.length * Math.ceil(rows / pageRows),
    changes,
    changesAtLeast: kinds.length * Math.ceil(changed / pageRows),
  };
}
