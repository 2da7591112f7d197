import type { Progress } from '#lib/jobs/contract.ts';
import { noCounts, sumCounts } from './counts.ts';
import type { OpenStream } from './open-stream.ts';
import type { SpoolCursor } from './pages.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/** How far a run has come once so many more rows of a stream are written; in all it knows of by then. */
export function progressAfter(
  { counts }: Run,
  { name, spooled }: OpenStream,
  { cursor }: Pass,
  rows: number,
): Progress {
  const before = sumCounts(Object.values(counts)).read;
  const itemsProcessed = before + rows;
  if (!spooled) return { currentPhase: 'writing', itemsProcessed, itemsTotal: null, percentage: null };
  const itemsTotal = before - (counts[name] ?? noCounts).read + (cursor as SpoolCursor).rows;
  const percentage = itemsTotal === 0 ? 100 : Math.floor((100 * itemsProcessed) / itemsTotal);
  return { currentPhase: 'writing', itemsProcessed, itemsTotal, percentage };
}
