import { sql } from 'kysely';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ringAll } from '#lib/jobs/bell.ts';
import { whyNot } from '#lib/jobs/refusal.ts';

const LIVE = ['queued', 'running'];
const PARENT_CANCELLED = 'The job that this is a part of was cancelled.';

interface Asked {
  readonly id: string;
  readonly seq: number;
  readonly status: string;
  readonly blocked: boolean;
}

/**
 * Asks for a job to be cancelled, and its children with it. Its worker hears of it within a second or with its next
 * page; a queued job is due at once, for a worker to end it, and a parent once its children have ended. Throws
 * `not_found`, `forbidden`, or `conflict` where it has ended.
 */
export async function cancelJob(acting: Acting, jobId: string): Promise<void> {
  const asked = await asMember(acting, async (tx) => {
    const job = await ask(tx, jobId);
    if (!job) throw await whyNot(tx, jobId, 'cancelled', LIVE);
    await audit(tx, 'job.cancelled', jobId);
    return [job, ...(await askChildren(tx, jobId))];
  });
  await ringAll(asked.filter(({ status, blocked }) => status === 'queued' && !blocked));
}

async function ask({ db }: Tx, jobId: string): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`
    update public.jobs set cancel_requested_at = now(), due_at = now(), blocked = exists (
      select from public.jobs child where child.parent_id = jobs.id and child.status in ('queued', 'running'))
    where id = ${jobId} and status in ('queued', 'running')
    returning id, seq, status, blocked
  `.execute(db);
  return rows[0];
}

async function askChildren({ db }: Tx, jobId: string): Promise<readonly Asked[]> {
  const { rows } = await sql<Asked>`
    update public.jobs set cancel_requested_at = now(), cancel_reason = ${PARENT_CANCELLED}, due_at = now(),
      blocked = false
    where parent_id = ${jobId} and status in ('queued', 'running') and cancel_requested_at is null
    returning id, seq, status, blocked
  `.execute(db);
  return rows;
}
