import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { isDuplicate } from '#lib/db/sql-state.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ringAll } from '#lib/jobs/bell.ts';
import type { Priority } from '#lib/jobs/contract.ts';
import { type EnqueueOptions, enqueue } from '#lib/jobs/enqueue.ts';
import { whyNot } from '#lib/jobs/refusal.ts';
import { defaultTimings, waitAfter } from '#lib/jobs/timings.ts';

interface Failed {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly payloadVersion: number;
  readonly singletonKey: string | null;
  readonly priority: Priority;
  readonly dependsOn: readonly string[];
  readonly retryAttempt: number;
  readonly completedAt: string;
}

/**
 * Runs a failed job again, as a new one, whose id it gives; a sync goes on from its last committed page. Of a job
 * with children, those that were not completed are run again. The first time it begins at once, later no sooner than a
 * wait after it has failed that doubles with each attempt. Throws `not_found`, `forbidden`, or `conflict` where
 * nothing of it has failed, it has been run again, or another like it is under way.
 */
export async function retryJob(acting: Acting, jobId: string): Promise<string> {
  const [id, turns] = await asMember(acting, async (tx) => {
    const [failed] = await find(
      tx,
      sql`id = ${jobId} and (select private.may('editor')) and completed_at is not null and (status = 'failed'
      or exists (select from public.jobs child where child.parent_id = jobs.id and child.status = 'failed'))`,
    );
    if (!failed) throw await whyNot(tx, jobId, 'retried', ['failed']);
    const made = await onlyOnce(() => runAgain(tx, acting, failed));
    await audit(tx, 'job.retried', jobId, { jobId: made[0] });
    return made;
  });
  await ringAll(turns);
  return id;
}

interface Turn {
  readonly id: string;
  readonly seq: 0;
  readonly dueAt: string;
}

/** Gives the new job's id, and the turns that are to be rung for. */
async function runAgain(tx: Tx, acting: Acting, failed: Failed): Promise<[string, readonly Turn[]]> {
  const children = await find(tx, sql`parent_id = ${failed.id} and status <> 'completed'`);
  const own = await again(tx, acting, failed, { awaitsChildren: children.length > 0 });
  if (children.length === 0) return [own.id, [own]];
  const newIds = new Map<string, string>();
  const turns: Turn[] = [];
  for (const child of children) {
    const dependsOn = child.dependsOn.flatMap((old) => newIds.get(old) ?? []);
    const turn = await again(tx, acting, child, { parentId: own.id, dependsOn });
    newIds.set(child.id, turn.id);
    if (dependsOn.length === 0) turns.push(turn);
  }
  return [own.id, turns];
}

async function again(tx: Tx, acting: Acting, failed: Failed, options: EnqueueOptions): Promise<Turn> {
  const { priority, singletonKey, retryAttempt } = failed;
  const dueAt = dueAgain(failed);
  const kept = { ...options, dueAt, priority, ...(singletonKey !== null && { singletonKey }) };
  const retry = { of: failed.id, attempt: retryAttempt + 1 };
  const id = await enqueue(tx, acting, failed, failed.payload, kept, retry);
  return { id, seq: 0, dueAt: dueAt.toISOString() };
}

/** Whoever looks into the failure before has waited long enough; whoever tries again and again is slowed down. */
function dueAgain({ completedAt, retryAttempt }: Failed): Date {
  const wait = retryAttempt === 0 ? 0 : waitAfter(retryAttempt, defaultTimings());
  return new Date(Math.max(Date.now(), Date.parse(completedAt) + wait));
}

async function find({ db }: Tx, condition: ReturnType<typeof sql>): Promise<readonly Failed[]> {
  const { rows } = await sql<Failed>`
    select id, kind, payload, payload_version as "payloadVersion", singleton_key as "singletonKey", priority,
      depends_on as "dependsOn", retry_attempt as "retryAttempt", completed_at as "completedAt"
    from public.jobs where ${condition} order by created_at, id
  `.execute(db);
  return rows;
}

async function onlyOnce<T>(insert: () => Promise<T>): Promise<T> {
  try {
    return await insert();
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause;
    throw new EntrepotError(
      'conflict',
      'This job, or a part of it, has been run again already. Open its latest attempt.',
      {
        cause,
      },
    );
  }
}
