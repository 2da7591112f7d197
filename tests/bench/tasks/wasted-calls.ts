import type { Ground } from '#tests/bench/ground.ts';
import { startStack } from '#tests/support/run-jobs.ts';
import { type Fault, limited } from '#tests/support/vendor/faults.ts';
import { startVendor } from '#tests/support/vendor/vendor.ts';
import { startWorker } from '#tests/support/worker.ts';
import type { Death } from '#tests/support/worker-death.ts';
import { newApiSource, requireDone, startApiSync } from './api-source.ts';
import type { Measured } from './registry.ts';

/** One call in so many goes wrong, each in another way. */
const FAULT_EVERY = 5;
const faults: readonly Fault[] = [limited.seconds(1), { status: 500 }, 'reset', { status: 503 }, 'truncated'];
/** Two workers take with them the page that they have read, and one has stored it. */
const deaths: readonly Death[] = [
  { point: 'commit', nth: 10 },
  { point: 'committed', nth: 8 },
  { point: 'commit', nth: 6 },
];
const PAGES_LOST = 2;

/**
 * How much of what an API is asked brings nothing that stays, in percent, where the API fails and workers are
 * killed; and how much of it nobody could have spared: the calls that failed, and the pages that died.
 */
export async function wastedCalls(
  { database, supabase }: Ground,
  { rows, pageRows }: { readonly rows: number; readonly pageRows: number },
): Promise<Measured> {
  const worker = await startWorker();
  const stack = await startStack(database, { environment: supabase, receiver: worker });
  await worker.obey({ killAt: deaths });
  const vendor = await startVendor();
  const source = await newApiSource({ database }, vendor, { kind: 'cursor', rows, pageRows });
  let failed = 0;
  vendor.before(({ number }) => {
    if (number % FAULT_EVERY !== 0) return undefined;
    failed += 1;
    return faults[failed % faults.length];
  });
  const start = performance.now();
  await requireDone(stack, await startApiSync(source), { inserted: rows });
  const seconds = (performance.now() - start) / 1_000;
  const calls = vendor.calls.length;
  const wasted = calls - Math.ceil(rows / pageRows);
  if (worker.deaths() !== deaths.length) throw new Error(`${worker.deaths()} workers died`);
  vendor.close();
  await stack.close();
  return {
    seconds,
    calls,
    wastedPercent: (100 * wasted) / calls,
    leastPercent: (100 * (failed + PAGES_LOST)) / calls,
  };
}
