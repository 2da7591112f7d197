import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobKind } from '#lib/jobs/contract.ts';

interface EnqueueOptions {
  /** At most one job of this key is queued or running in the workspace. */
  readonly singletonKey?: string;
  /** Not before this time; at once where absent. */
  readonly dueAt?: Date;
}

/**
 * Writes a job in the caller's transaction, which acts as a member who may edit, and gives its id. Nobody
 * hears of it before `ring(jobId, 0)`, to be awaited once that transaction is committed. Throws `conflict`,
 * naming the other job, where one of the same singleton key is queued or running.
 */
export async function enqueue<Payload>(
  tx: Tx,
  { workspaceId }: { readonly workspaceId: string },
  { kind, payloadVersion }: Pick<JobKind<Payload, unknown>, 'kind' | 'payloadVersion'>,
  payload: Payload,
  { singletonKey, dueAt }: EnqueueOptions = {},
): Promise<string> {
  const inserted = await sql<{ id: string }>`
    insert into public.jobs (workspace_id, kind, payload, payload_version, singleton_key, due_at)
    values (${workspaceId}, ${kind}, ${JSON.stringify(payload)}, ${payloadVersion}, ${singletonKey ?? null},
      coalesce(${dueAt?.toISOString() ?? null}::timestamptz, now()))
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
