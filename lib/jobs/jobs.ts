import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobError, Progress } from '#lib/jobs/contract.ts';
import { noSuchJob } from '#lib/jobs/refusal.ts';

/** A job as the API shows it. Times are ISO 8601 in UTC. */
export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly progress: Progress;
  readonly result: unknown;
  /** Why it ended; of a queued job, why its last try failed. */
  readonly error: JobError | null;
  readonly warnings: readonly unknown[];
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  /** Grows with every change that shows here. */
  readonly version: number;
}

const POSITION = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([\da-f-]{36})$/;

/** The job; `not_found` where it is another workspace's or none. */
export async function getJob(acting: Acting, jobId: string): Promise<JobView> {
  const row = await asMember(acting, (tx) => views(tx).where('id', '=', jobId).executeTakeFirst());
  if (!row) throw noSuchJob();
  return asView(row);
}

/** The workspace's jobs, latest first, `limit` at a time; `nextCursor` is null after the last. */
export async function listJobs(
  acting: Acting,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: JobView[]; nextCursor: string | null }> {
  const page = cursor === undefined ? sql<SqlBool>`true` : olderThan(cursor);
  const rows = await asMember(acting, (tx) =>
    views(tx)
      .where('workspace_id', '=', acting.workspaceId)
      .where(page)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute(),
  );
  const items = rows.slice(0, limit).map(asView);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? cursorAfter(last) : null };
}

function views({ db }: Tx) {
  return db
    .selectFrom('jobs')
    .select(['id', 'kind', 'status', 'progress', 'result', 'error', 'warnings', 'version'])
    .select(['created_at as createdAt', 'started_at as startedAt', 'completed_at as completedAt']);
}

/** The columns hold what the types say: only this folder writes them. */
function asView({ version, ...row }: { readonly version: string }): JobView {
  return { ...row, version: Number(version) } as JobView;
}

function cursorAfter({ createdAt, id }: JobView): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

function olderThan(cursor: string): RawBuilder<SqlBool> {
  const [, createdAt, id] = POSITION.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!createdAt) throw new EntrepotError('bad_request', 'This cursor is not one that a list of jobs gave.');
  return sql`(created_at, id) < (${createdAt}::timestamptz, ${id}::uuid)`;
}
