import { type RawBuilder, sql } from 'kysely';

/** How many jobs of one workspace are worked on at once, so that one with many keeps no other waiting. */
export const SLOTS = 4;

/**
 * The order among the jobs of a workspace that wait: the longest due first, where one of high priority counts as
 * due ten minutes sooner and one of low priority ten minutes later. So none waits for ever.
 */
export function turnAt(job: 'jobs' | 'other'): RawBuilder<string> {
  const [due, priority] = [sql.ref(`${job}.due_at`), sql.ref(`${job}.priority`)];
  return sql`(${due} + case ${priority} when 'high' then interval '-10 minutes' when 'low' then interval '10 minutes'
    else interval '0' end)`;
}

/** Whether somebody is at work on the job. */
export function isHeld(job: 'jobs' | 'other'): RawBuilder<boolean> {
  return sql`(${sql.ref(`${job}.status`)} = 'running' and ${sql.ref(`${job}.lease_until`)} > now())`;
}

/** Whether the job is due and waits for a slot or a place. */
export function isWaiting(job: 'jobs' | 'other'): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${job}.${column}`);
  return sql`(${of('status')} = 'queued' and ${of('waiting_since')} is not null and ${of('due_at')} <= now())`;
}

/** Whether the job was rung for so lately that its message may still come. */
export function isOnItsWay(job: 'jobs' | 'other'): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${job}.${column}`);
  return sql`(${of('status')} = 'queued' and ${of('waiting_since')} is null and ${of('due_at')} <= now()
    and ${of('rung_at')} > now() - interval '5 seconds')`;
}

/**
 * Whether the job `jobs` of a query may have a slot of its workspace: neither at work there, nor waiting with
 * another priority and an earlier turn, are as many as there are slots.
 */
export const hasSlot: RawBuilder<boolean> = sql`(
  select count(*) from public.jobs other
  where other.workspace_id = jobs.workspace_id and other.id <> jobs.id and (
    ${isHeld('other')}
    or (${isWaiting('other')} or ${isOnItsWay('other')})
      and other.priority <> jobs.priority and ${turnAt('other')} < ${turnAt('jobs')})
  ) < ${SLOTS}`;
