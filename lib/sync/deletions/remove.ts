import type { JobContext } from '#lib/jobs/contract.ts';
import { noCounts, sumCounts } from '#lib/sync/counts.ts';
import { fenced } from '#lib/sync/fence.ts';
import type { OpenStream } from '#lib/sync/open-stream.ts';
import { type Run, storeCounts } from '#lib/sync/run.ts';
import { type Batch, removeBatch } from './apply.ts';
import { openDeletion } from './open.ts';

/** More than a batch takes; with less time left, the next slice goes on. */
export const BATCH_MS = 5_000;

/** Removes what a run's pass has listed to be removed at once. Answers whether it came to the end within this slice. */
export async function removeVanished(
  context: JobContext<unknown>,
  run: Run,
  stream: OpenStream,
): Promise<boolean> {
  const id = await openDeletionOf(context, run, stream);
  if (id === undefined) return true;
  for (;;) {
    const { last } = await removeNext(context, run, stream, id);
    if (last) return true;
    if (context.timeLeft() < BATCH_MS) return false;
  }
}

function openDeletionOf(context: JobContext<unknown>, { runId }: Run, { name }: OpenStream) {
  return fenced(context, async ({ db }) => {
    const open = await db
      .selectFrom('sync_deletions')
      .select('id')
      .where('run_id', '=', runId)
      .where('stream', '=', name)
      .where('status', '=', 'applying')
      .executeTakeFirst();
    return open?.id;
  });
}

async function removeNext(
  context: JobContext<unknown>,
  run: Run,
  { name }: OpenStream,
  id: string,
): Promise<Batch> {
  const { batch, counts } = await fenced(
    context,
    async (tx) => {
      const removed = await removeBatch(tx, await openDeletion(tx, id));
      const after = sumCounts([run.counts[name] ?? noCounts, { ...noCounts, deleted: removed.rows }]);
      await storeCounts(tx, run, { [name]: after });
      return { batch: removed, counts: after };
    },
    { currentPhase: 'writing' },
  );
  run.counts[name] = counts;
  return batch;
}
