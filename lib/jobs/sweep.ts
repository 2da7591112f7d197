import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import { ringAll } from '#lib/jobs/bell.ts';
import { fromNow } from '#lib/jobs/lease.ts';
import { freePlaces } from '#lib/jobs/places.ts';
import { turnAt } from '#lib/jobs/slots.ts';
import { defaultTimings, type Timings } from '#lib/jobs/timings.ts';
import { ringWaiting } from '#lib/jobs/waiting.ts';
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
  await ringWaiting(freePlaces());
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
        where (status = 'queued' and not blocked and waiting_since is null and due_at < ${fromNow(-overdueMs)}
            or status = 'running' and lease_until < now())
          and (rung_at is null or rung_at < ${fromNow(-overdueMs)})
        order by rung_at nulls first, ${turnAt('jobs')} limit ${RINGS_AT_ONCE} for no key update skip locked)
      returning id, seq
    `.execute(db),
  );
  await ringAll(overdue.rows);
  return overdue.rows.length;
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
