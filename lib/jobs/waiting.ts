import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ringAll } from '#lib/jobs/bell.ts';
import type { ClaimedJob, Message } from '#lib/jobs/claim.ts';
import type { NextTurn } from '#lib/jobs/finish.ts';
import { isHeld, isOnItsWay, isWaiting, SLOTS, turnAt } from '#lib/jobs/slots.ts';

/** Notes that a job which is due was not taken, and waits; false where somebody else is at it just now. */
export async function startWaiting({ db }: Tx, { jobId, seq }: Message): Promise<boolean> {
  const waiting = await sql`
    update public.jobs set waiting_since = coalesce(waiting_since, now())
    where id = (select id from public.jobs where id = ${jobId} for no key update skip locked) and seq = ${seq}
      and status = 'queued' and not blocked and due_at <= now()
  `.execute(db);
  return waiting.numAffectedRows === 1n;
}

/** How many jobs each workspace has at work or on their way to it. */
const busy = sql`
  busy as (
    select workspace_id, count(*) as jobs, count(*) filter (where ${isOnItsWay('jobs')}) as coming
    from public.jobs where ${isHeld('jobs')} or ${isOnItsWay('jobs')} group by workspace_id
  )`;

/**
 * Rings for as many of the jobs that wait as would fill so many places together with those on their way: each
 * workspace's by their turns, and first those of the workspaces that have the fewest at work.
 */
export async function ringWaiting(places: number): Promise<void> {
  if (places <= 0) return;
  const chosen = await asService(({ db }) =>
    sql<{ id: string; seq: number }>`
      with ${busy}, line as (
        select jobs.id, ${turnAt('jobs')} as turn_at, coalesce(busy.jobs, 0)
          + row_number() over (partition by jobs.workspace_id order by ${turnAt('jobs')}, jobs.id) as nth
        from public.jobs left join busy using (workspace_id)
        where ${isWaiting('jobs')}
      ), next as (
        select id from line where nth <= ${SLOTS} order by nth, turn_at, id
        limit greatest(0, ${places} - (select coalesce(sum(coming), 0) from busy))
      )
      update public.jobs set waiting_since = null, rung_at = now()
      where id in (
        select jobs.id from public.jobs join next using (id)
        where waiting_since is not null for no key update of jobs skip locked)
      returning id, seq
    `.execute(db),
  );
  await ringAll(chosen.rows);
}

/**
 * Has a job that goes on wait, in place of ringing for its next turn, where a workspace with no more jobs at work
 * or one of its own of an earlier turn and another priority waits. Answers whether it does.
 */
export async function giveWay({ id, workspaceId }: ClaimedJob, { seq }: NextTurn): Promise<boolean> {
  const given = await asService(({ db }) =>
    sql`
      with ${busy}
      update public.jobs set waiting_since = now()
      where id = ${id} and seq = ${seq} and status = 'queued' and due_at <= now() and exists (
        select from public.jobs other
        where ${isWaiting('other')} and case when other.workspace_id = ${workspaceId}
          then other.priority <> jobs.priority and ${turnAt('other')} < ${turnAt('jobs')}
          else coalesce((select jobs from busy where workspace_id = other.workspace_id), 0)
            <= coalesce((select jobs from busy where workspace_id = ${workspaceId}), 0) end)
    `.execute(db),
  );
  return given.numAffectedRows === 1n;
}
