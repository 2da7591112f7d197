import { sql } from 'kysely';
import { z } from 'zod';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobError, Progress } from '#lib/jobs/contract.ts';
import { noSuchJob } from '#lib/jobs/refusal.ts';

const statuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
type JobStatus = (typeof statuses)[number];

/** What a job works for. The name is null once that has been deleted. */
interface JobSubject {
  readonly type: 'source' | 'export';
  readonly id: string;
  readonly name: string | null;
}

/** A job as the API shows it. Times are ISO 8601 in UTC. */
export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly subject: JobSubject | null;
  readonly status: JobStatus;
  readonly progress: Progress;
  readonly result: unknown;
  /** Why it ended; of a queued job, why its last try failed. */
  readonly error: JobError | null;
  readonly warnings: readonly unknown[];
  /** Tries since it last got on that have failed. */
  readonly attempts: number;
  /** When its next turn is due, of a queued job. */
  readonly dueAt: string;
  /** Since when it is to be cancelled. */
  readonly cancelRequestedAt: string | null;
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

const statusList = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(z.enum(statuses)));

/** Which jobs a list shows: of some states, as `queued,running`, and of one kind. */
export const jobFilter = z.strictObject({
  status: statusList.optional(),
  kind: z.string().min(1).optional(),
});
type JobFilter = z.output<typeof jobFilter>;

/** The workspace's jobs that pass the filter, latest first. */
export function listJobs(
  acting: Acting,
  { status, kind, ...query }: JobFilter & ListQuery,
): Promise<ListPage<JobView>> {
  return asMember(acting, async (tx) => {
    let jobs = views(tx).where('workspace_id', '=', acting.workspaceId);
    if (status) jobs = jobs.where('status', 'in', status);
    if (kind) jobs = jobs.where('kind', '=', kind);
    const { items, nextCursor } = await keysetPage(jobs, query, 'desc');
    return { items: items.map(asView), nextCursor };
  });
}

/** Kinds name what they work for in their payload, and rows by name are all that is known of it here. */
const subject = sql<JobSubject | null>`
  case
    when payload ? 'sourceId' then jsonb_build_object('type', 'source', 'id', payload ->> 'sourceId', 'name',
      (select s.display_name from public.external_data_sources s where s.id = (payload ->> 'sourceId')::uuid))
    when payload ? 'exportId' then jsonb_build_object('type', 'export', 'id', payload ->> 'exportId', 'name',
      (select e.name from public.exports e where e.id = (payload ->> 'exportId')::uuid))
  end`;

function views({ db }: Tx) {
  return db
    .selectFrom('jobs')
    .select(['id', 'kind', 'status', 'progress', 'result', 'error', 'warnings', 'version', 'attempts'])
    .select(['due_at as dueAt', 'cancel_requested_at as cancelRequestedAt', subject.as('subject')])
    .select(['created_at as createdAt', 'started_at as startedAt', 'completed_at as completedAt']);
}

/** The columns hold what the types say: only this folder writes them. */
function asView({ version, ...row }: { readonly version: string }): JobView {
  return { ...row, version: Number(version) } as JobView;
}
