import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import { ring } from '#lib/jobs/bell.ts';
import { fromNow } from '#lib/jobs/lease.ts';
import { defaultTimings, type Timings } from '#lib/jobs/timings.ts';
import { log } from '#lib/log.ts';

const RINGS_AT_ONCE = 20;
const REMOVED_AT_ONCE = 500;

/** What one sweep did, in jobs. */
export interface Swept {
  readonly rung: number;
  readonly removed: number;
}

/**
 * Rings again for jobs that are due, or whose worker has died, and that nobody has come for; removes those
 * that ended more than 30 days ago, or failed more than 90 days ago. Without it a job is lost when its message
 * is. One call does a bounded amount; the next does the rest.
 */
export async function sweep(timings: Timings = defaultTimings()): Promise<Swept> {
  const rung = await ringOverdue(timings);
  const removed = await removeOld();
  log().info({ rung, removed }, 'swept');
  return { rung, removed };
}

/** Rings for jobs that nobody has come for, and says for how many. Cheap enough for the end of every slice. */
export async function ringOverdue({ overdueMs }: Timings): Promise<number> {
  const overdue = await asService(({ db }) =>
    sql<{ id: string; seq: number }>`
      update public.jobs set rung_at = now()
      where id in (
        select id from public.jobs
        where (status = 'queued' and due_at < ${fromNow(-overdueMs)} or status = 'running' and lease_until < now())
          and (rung_at is null or rung_at < ${fromNow(-overdueMs)})
        order by rung_at nulls first, due_at limit ${RINGS_AT_ONCE} for no key update skip locked)
      returning id, seq
    `.execute(db),
  );
  await Promise.all(overdue.rows.map(({ id, seq }) => ring(id, seq, { fresh: true })));
  return overdue.rows.length;
}

/** Rings for the job of a workspace that has waited longest for the slot which has just become free, if any. */
export async function ringWaiting(workspaceId: string): Promise<void> {
  const waiting = await asService(({ db }) =>
    sql<{ id: string; seq: number }>`
      update public.jobs set waiting_since = null, rung_at = now()
      where id = (
        select id from public.jobs
        where workspace_id = ${workspaceId} and status = 'queued' and waiting_since is not null and due_at <= now()
        order by waiting_since, id limit 1 for no key update skip locked)
      returning id, seq
    `.execute(db),
  );
  for (const { id, seq } of waiting.rows) await ring(id, seq, { fresh: true });
}

/** Dead letters stay longer: someone may still retry them. */
async function removeOld(): Promise<number> {
  const removed = await asService(({ db }) =>
    sql`
      delete from public.jobs where id in (
        select id from public.jobs
        where completed_at < now() - interval '30 days'
          and (status <> 'failed' or completed_at < now() - interval '90 days')
        limit ${REMOVED_AT_ONCE} for update skip locked)
    `.execute(db),
  );
  return Number(removed.numAffectedRows ?? 0);
}
