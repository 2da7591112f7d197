import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { ClaimedJob } from '#lib/jobs/claim.ts';
import type { JobOutcome } from '#lib/jobs/contract.ts';
import type { NextTurn } from '#lib/jobs/finish.ts';

/** A job that has become due by the end of another. */
export interface Released extends NextTurn {
  readonly id: string;
}

const REASONS = {
  failed: 'This was not begun: a job that had to be completed first has failed.',
  cancelled: 'This was not begun: a job that had to be completed first was cancelled.',
} as const;

/** Locks the parent, before any of its children: whoever changes several of a family does it in that order. */
export async function lockParent({ db }: Tx, { parentId }: Pick<ClaimedJob, 'parentId'>): Promise<void> {
  if (parentId === null) return;
  await sql`select from public.jobs where id = ${parentId} for no key update`.execute(db);
}

/**
 * Makes due what has waited for the end of this job, in the transaction that ends it: its dependents, to begin or,
 * where it was not completed, to be cancelled; and its parent once no child is left.
 */
export async function release(
  tx: Tx,
  job: ClaimedJob,
  { status }: JobOutcome<unknown>,
): Promise<readonly Released[]> {
  const dependents = await lockDependents(tx, job);
  if (dependents.length === 0) return releaseParent(tx, job);
  const released = status === 'completed' ? begin(tx, dependents) : callOff(tx, dependents, REASONS[status]);
  return [...(await released), ...(await releaseParent(tx, job))];
}

/** Locked first and looked at after: of two that end at the same time, the later sees that the other has. */
async function lockDependents({ db }: Tx, { id, workspaceId }: ClaimedJob): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from public.jobs
    where workspace_id = ${workspaceId} and status = 'queued' and blocked and depends_on @> array[${id}]::uuid[]
    order by id for no key update
  `.execute(db);
  return rows.map((row) => row.id);
}

async function begin({ db }: Tx, dependents: readonly string[]): Promise<readonly Released[]> {
  const { rows } = await sql<Released>`
    update public.jobs set blocked = false, due_at = greatest(due_at, now())
    where id = any(${dependents}::uuid[]) and not exists (
      select from public.jobs other where other.id = any(jobs.depends_on) and other.status <> 'completed')
    returning id, seq, due_at as "dueAt"
  `.execute(db);
  return rows;
}

async function callOff(
  { db }: Tx,
  dependents: readonly string[],
  reason: string,
): Promise<readonly Released[]> {
  const { rows } = await sql<Released>`
    update public.jobs set blocked = false, due_at = now(), cancel_reason = coalesce(cancel_reason, ${reason}),
      cancel_requested_at = coalesce(cancel_requested_at, now())
    where id = any(${dependents}::uuid[])
    returning id, seq, due_at as "dueAt"
  `.execute(db);
  return rows;
}

async function releaseParent({ db }: Tx, { parentId }: ClaimedJob): Promise<readonly Released[]> {
  if (parentId === null) return [];
  const { rows } = await sql<Released>`
    update public.jobs set blocked = false, due_at = greatest(due_at, now())
    where id = ${parentId} and status = 'queued' and blocked and not exists (
      select from public.jobs child where child.parent_id = jobs.id and child.status in ('queued', 'running'))
    returning id, seq, due_at as "dueAt"
  `.execute(db);
  return rows;
}
