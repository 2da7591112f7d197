import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobKind, Priority } from '#lib/jobs/contract.ts';

export interface EnqueueOptions {
  /** At most one job of this key is queued or running in the workspace. */
  readonly singletonKey?: string;
  /** Not before this time; at once where absent. */
  readonly dueAt?: Date;
  /** Before which jobs of its workspace it comes where they wait for one another; `normal` where absent. */
  readonly priority?: Priority;
  /** The job that it is a part of: one that was queued in this transaction, to wait for its children. */
  readonly parentId?: string;
  /** Begins when these jobs, queued in this transaction, are completed; cancelled where one of them is not. */
  readonly dependsOn?: readonly string[];
  /** Begins when the children that this transaction gives it have ended, however they did. */
  readonly awaitsChildren?: boolean;
}

/** A job that runs a failed one again. */
interface Retry {
  readonly of: string;
  readonly attempt: number;
}

/**
 * Writes a job in the caller's transaction, which acts as a member who may edit, and gives its id. Nobody
 * hears of it before `ring(jobId, 0)`, to be awaited once that transaction is committed: not for one that waits
 * for others. Throws `conflict`, naming the other job, where one of the same singleton key is queued or running.
 */
export async function enqueue<Payload>(
  tx: Tx,
  { workspaceId }: { readonly workspaceId: string },
  { kind, payloadVersion }: Pick<JobKind<Payload, unknown>, 'kind' | 'payloadVersion'>,
  payload: Payload,
  options: EnqueueOptions = {},
  retry?: Retry,
): Promise<string> {
  const { singletonKey, dueAt, priority, parentId, dependsOn = [], awaitsChildren = false } = options;
  const blocked = awaitsChildren || dependsOn.length > 0;
  const inserted = await sql<{ id: string }>`
    insert into public.jobs (workspace_id, kind, payload, payload_version, singleton_key, due_at, priority,
      parent_id, depends_on, blocked, retry_of, retry_attempt)
    values (${workspaceId}, ${kind}, ${JSON.stringify(payload)}, ${payloadVersion}, ${singletonKey ?? null},
      coalesce(${dueAt?.toISOString() ?? null}::timestamptz, now()), ${priority ?? 'normal'},
      ${parentId ?? null}, ${dependsOn}::uuid[], ${blocked}, ${retry?.of ?? null}, ${retry?.attempt ?? 0})
    on conflict (workspace_id, singleton_key) where status in ('queued', 'running') do nothing
    returning id
  `.execute(tx.db);
  return inserted.rows[0]?.id ?? refuse(tx, workspaceId, singletonKey ?? '');
}

async function refuse(tx: Tx, workspaceId: string, singletonKey: string): Promise<never> {
  const live = await tx.db
    .selectFrom('jobs')
    .select(['id', 'status'])
    .where('workspace_id', '=', workspaceId)
    .where('singleton_key', '=', singletonKey)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  throw new EntrepotError(
    'conflict',
    live
      ? `Job ${live.id} is already ${live.status} for this. Wait until it has ended, or cancel it first.`
      : 'Another job for this has ended just now. Try again.',
  );
}
