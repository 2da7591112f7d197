import { type Acting, asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
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

/** The job; `not_found` where it is another workspace's or none. */
export async function getJob(acting: Acting, jobId: string): Promise<JobView> {
  const row = await asMember(acting, (tx) => views(tx).where('id', '=', jobId).executeTakeFirst());
  if (!row) throw noSuchJob();
  return asView(row);
}

/** The workspace's jobs, latest first. */
export function listJobs(acting: Acting, query: ListQuery): Promise<ListPage<JobView>> {
  return asMember(acting, async (tx) => {
    const jobs = views(tx).where('workspace_id', '=', acting.workspaceId);
    const { items, nextCursor } = await keysetPage(jobs, query, 'desc');
    return { items: items.map(asView), nextCursor };
  });
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
