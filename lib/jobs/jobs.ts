import { sql } from 'kysely';
import { z } from 'zod';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { jobErrorSchema, progressSchema } from '#lib/jobs/contract.ts';
import { noSuchJob } from '#lib/jobs/refusal.ts';

/** Every state of a job, in the order in which it has them. */
export const jobStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

/** A job as the API shows it. Times are ISO 8601 in UTC. */
export const jobView = z
  .object({
    id: z.guid(),
    kind: z.string().meta({ description: '`sync`, `replay`, `deletion`, `alert` or `export`.' }),
    subject: z
      .object({
        type: z.enum(['source', 'export']),
        id: z.guid(),
        name: z.string().nullable().meta({ description: 'Null once that has been deleted.' }),
      })
      .nullable()
      .meta({ description: 'What it works for.' }),
    status: z.enum(jobStatuses),
    progress: progressSchema,
    result: z.unknown().meta({
      description:
        'Of a sync, the counts of its rows; of an export, `{ "artifacts": […] }`; null until then.',
    }),
    error: jobErrorSchema.nullable().meta({
      description: 'Why it ended; of a queued job, why its last try failed.',
    }),
    warnings: z.array(z.unknown()).readonly(),
    attempts: z.int().meta({ description: 'Tries since it last got on that have failed.' }),
    dueAt: z.iso.datetime().meta({ description: 'When its next turn is due, of a queued job.' }),
    cancelRequestedAt: z.iso.datetime().nullable().meta({ description: 'Since when it is to be cancelled.' }),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    completedAt: z.iso.datetime().nullable(),
    version: z.int().meta({ description: 'Grows with every change that shows here.' }),
  })
  .meta({ id: 'Job' });
export type JobView = Readonly<z.infer<typeof jobView>>;

/** The job; `not_found` where it is another workspace's or none. */
export async function getJob(acting: Acting, jobId: string): Promise<JobView> {
  const row = await asMember(acting, (tx) => views(tx).where('id', '=', jobId).executeTakeFirst());
  if (!row) throw noSuchJob();
  return asView(row);
}

const statusList = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(z.enum(jobStatuses)));

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
const subject = sql<NonNullable<JobView['subject']> | null>`
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
