import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { fromNow } from '#lib/jobs/lease.ts';
import { hasSlot } from '#lib/jobs/slots.ts';
import { startWaiting } from '#lib/jobs/waiting.ts';

/** A message of the queue: which turn of which job, and which delivery of it this is. */
export interface Message {
  readonly jobId: string;
  readonly seq: number;
  readonly messageId: string;
  /** How often the queue has delivered this message before without an answer it liked. */
  readonly retried: number;
}

/** A job that this worker holds until its lease ends. `attempts` counts earlier tries without progress. */
export interface ClaimedJob {
  readonly id: string;
  readonly workspaceId: string;
  readonly ownerId: string | null;
  readonly kind: string;
  readonly payload: unknown;
  readonly payloadVersion: number;
  readonly seq: number;
  readonly attempts: number;
  readonly token: string;
  readonly parentId: string | null;
  readonly cancelRequested: boolean;
  /** Why it is to be cancelled, where no person has asked for that. */
  readonly cancelReason: string | null;
  readonly createdAt: string;
}

/** What a message comes to: work, or why there is none for it. */
export type Claim =
  | { readonly outcome: 'claimed'; readonly job: ClaimedJob }
  /** The job has moved on to this turn, and waits for it to be rung. */
  | { readonly outcome: 'stale'; readonly seq: number; readonly dueAt: string }
  /** `full`: its workspace, or this process, has as many jobs at work as it may; it is rung for when one of them ends its slice. */
  | { readonly outcome: 'leased' | 'ended' | 'full' }
  | { readonly outcome: 'early'; readonly waitMs: number };

/**
 * Takes the job for `leaseMs` where its turn has come and nobody else is at it. The same message delivered
 * once more takes it over at once, since its first delivery must have died. A takeover counts as a failed try.
 * Without a place for it in this process it takes nothing.
 */
export function claim(message: Message, leaseMs: number, hasPlace = true): Promise<Claim> {
  return asService(async (tx) => {
    if (hasPlace) await oneByOne(tx, message);
    const job = hasPlace ? await take(tx, message, leaseMs) : undefined;
    return job ? { outcome: 'claimed', job } : explain(tx, message);
  });
}

/** Of a workspace's jobs that wait, one is claimed at a time: two at once would both see the last slot free. */
async function oneByOne({ db }: Tx, { jobId }: Message): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('jobs of ' || workspace_id, 0)) from public.jobs
    where id = ${jobId} and status = 'queued'
  `.execute(db);
}

/** Skips a locked row: its holder is at work, and the service's few connections must not wait for it. */
async function take(tx: Tx, message: Message, leaseMs: number): Promise<ClaimedJob | undefined> {
  const { jobId, seq, messageId, retried } = message;
  const claimed = await sql<ClaimedJob>`
    update public.jobs
    set status = 'running', lease_token = ${randomUUID()}, lease_until = ${fromNow(leaseMs)},
      lease_message_id = ${messageId}, lease_retried = ${retried}, waiting_since = null,
      attempts = attempts + (status = 'running')::int, started_at = coalesce(started_at, now())
    where id = (select id from public.jobs where id = ${jobId} for no key update skip locked) and seq = ${seq}
      and (
        status = 'queued' and not blocked and due_at <= now() and ${hasSlot}
        or status = 'running'
          and (lease_until < now() or lease_message_id = ${messageId} and lease_retried < ${retried})
      )
    returning id, workspace_id as "workspaceId", owner_id as "ownerId", kind, payload,
      payload_version as "payloadVersion", seq, attempts, lease_token as token,
      parent_id as "parentId", cancel_requested_at is not null as "cancelRequested",
      cancel_reason as "cancelReason", created_at as "createdAt"
  `.execute(tx.db);
  return claimed.rows[0];
}

async function explain(tx: Tx, message: Message): Promise<Claim> {
  const { jobId, seq } = message;
  const job = await tx.db
    .selectFrom('jobs')
    .select(['status', 'seq', 'due_at', sql<number>`extract(epoch from due_at - now())::float8`.as('wait')])
    .where('id', '=', jobId)
    .executeTakeFirst();
  if (job?.status === 'running') return { outcome: 'leased' };
  if (job?.status !== 'queued') return { outcome: 'ended' };
  if (job.seq !== seq) return { outcome: 'stale', seq: job.seq, dueAt: job.due_at };
  if (job.wait > 0) return { outcome: 'early', waitMs: job.wait * 1_000 };
  return { outcome: (await startWaiting(tx, message)) ? 'full' : 'leased' };
}
