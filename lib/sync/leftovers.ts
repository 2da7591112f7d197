import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
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
  for (const { id } of runs) await removeSpoolOf(id);
  return runs.length;
}

/** The objects go after the cursors that lead to them; those that a retry has made meanwhile are not listed. */
async function removeSpoolOf(runId: string): Promise<void> {
  const paths = await listObjects(spoolFolder(runId));
  await asService(({ db }) =>
    sql`
      update public.sync_cursors c set cursor = null from public.sync_runs r
      where c.run_id = ${runId} and c.ended_at is null and r.id = c.run_id and r.status = any(${ENDED}::text[])
    `.execute(db),
  );
  await removeObjects(paths);
  await asService(({ db }) =>
    db
      .updateTable('sync_runs')
      .set({ spooled: false })
      .where('id', '=', runId)
      .where('status', 'in', ENDED)
      .execute(),
  );
}
