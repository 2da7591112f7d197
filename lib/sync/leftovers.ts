import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { listObjects, removeObjects } from '#lib/storage/objects.ts';
import { spoolFolder } from '#lib/storage/spool.ts';

const RUNS_AT_ONCE = 20;
const ENDED = ['completed', 'failed', 'cancelled'];

/**
 * Removes what runs that failed or were cancelled have left in the spool. A run that is retried later reads its
 * source anew. One call does a bounded number of runs; the next does the rest.
 */
export async function removeLeftovers(): Promise<number> {
  const runs = await asService(({ db }) =>
    db
      .selectFrom('sync_runs')
      .select('id')
      .where('spooled', '=', true)
      .where('status', 'in', ENDED)
      .limit(RUNS_AT_ONCE)
      .execute(),
  );
  let removed = 0;
  for (const { id } of runs) if (await removeSpoolOf(id)) removed += 1;
  return removed;
}

/**
 * The objects go after the cursors that lead to them; those that a retry has made meanwhile are not listed.
 * Answers false, and removes nothing, where the run has been taken up again.
 */
async function removeSpoolOf(runId: string): Promise<boolean> {
  const paths = await listObjects(spoolFolder(runId));
  const endedAt = await asService((tx) => forgetSpool(tx, runId));
  if (endedAt === null) return false;
  await removeObjects(paths);
  await asService(({ db }) =>
    db
      .updateTable('sync_runs')
      .set({ spooled: false })
      .where('id', '=', runId)
      .where('completed_at', '=', endedAt)
      .execute(),
  );
  return true;
}

/** Has the run read its source anew if it is retried. Gives when it ended; it is locked, so it still has. */
async function forgetSpool({ db }: Tx, runId: string): Promise<string | null> {
  const run = await db
    .selectFrom('sync_runs')
    .select('completed_at')
    .where('id', '=', runId)
    .where('status', 'in', ENDED)
    .forUpdate()
    .executeTakeFirst();
  if (!run) return null;
  await db
    .updateTable('sync_cursors')
    .set({ cursor: null })
    .where('run_id', '=', runId)
    .where('ended_at', 'is', null)
    .execute();
  return run.completed_at;
}
