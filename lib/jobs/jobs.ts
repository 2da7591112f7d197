import { sql } from 'kysely';
import { z } from 'zod';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { childrenOf, childrenSchema, ofChildren, shownStatus } from '#lib/jobs/children.ts';
import { jobErrorSchema, prioritySchema, progressSchema } from '#lib/jobs/contract.ts';
import { noSuchJob } from '#lib/jobs/refusal.ts';

/** Every state of a job, in the order in which it has them. */
export const jobStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

/** A job as the API shows it. Times are ISO 8601 in UTC. */
export const jobView = z
  .object({
    id: z.guid(),
    kind: z.string().meta({ description: '`sync`, `replay`, `deletion`, `alert`, `export` or `batch`.' }),
    subject: z
      .object({
        type: z.enum(['source', 'export']),
        id: z.guid(),
        name: z.string().nullable().meta({ description: 'Null once that has been deleted.' }),
      })
      .nullable()
      .meta({ description: 'What it works for.' }),
    status: z.enum(jobStatuses),
    priority: prioritySchema,
    progress: progressSchema.meta({ description: 'Of a job with children, theirs together.' }),
    parentId: z.guid().nullable().meta({ description: 'The job that it is a part of.' }),
    children: childrenSchema.nullable().meta({ description: 'How its parts stand; null where it has none.' }),
    dependsOn: z
      .array(z.guid())
      .readonly()
      .meta({ description: 'The jobs that have to be completed before it begins.' }),
    blocked: z.boolean().meta({ description: 'Whether it waits for other jobs to end.' }),
    retryOf: z.guid().nullable().meta({ description: 'The job that it runs again.' }),
    retryAttempt: z.int().meta({ description: 'How often the work has been run again by a person.' }),
    retriedBy: z.guid().nullable().meta({ description: 'The job that runs this one again.' }),
    result: z.unknown().meta({
      description:
        'Of a sync, the counts of its rows; of an export, `{ "artifacts": […] }`; of a batch, `{ "exports": […] }`; null until then.',
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

/** Which jobs a list shows: of some states, as `queued,running`, of one kind, and the parts of one job or whole ones. */
export const jobFilter = z.strictObject({
  status: statusList.optional(),
  kind: z.string().min(1).optional(),
  parent: z
    .union([z.guid(), z.literal('none')])
    .optional()
    .meta({ description: 'The parts of this job; `none` for the jobs that are part of no other.' }),
});
type JobFilter = z.output<typeof jobFilter>;

/** The workspace's jobs that pass the filter, latest first. */
export function listJobs(
  acting: Acting,
  { status, kind, parent, ...query }: JobFilter & ListQuery,
): Promise<ListPage<JobView>> {
  return asMember(acting, async (tx) => {
    let jobs = views(tx).where('workspace_id', '=', acting.workspaceId);
    if (status) jobs = jobs.where(shownStatus, 'in', status);
    if (kind) jobs = jobs.where('kind', '=', kind);
    if (parent)
      jobs = parent === 'none' ? jobs.where('parent_id', 'is', null) : jobs.where('parent_id', '=', parent);
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

const MAX_ATTEMPTS_SHOWN = 100;

/** The job and those that it ran again or that ran it again, in their order. */
export async function listAttempts(acting: Acting, jobId: string): Promise<readonly JobView[]> {
  const rows = await asMember(acting, (tx) =>
    views(tx)
      .where(
        'id',
        'in',
        sql<string>`(
        with recursive before as (
          select id, retry_of from public.jobs where id = ${jobId}
          union select earlier.id, earlier.retry_of from public.jobs earlier join before on earlier.id = before.retry_of
        ), attempts as (
          select id from before
          union select later.id from public.jobs later join attempts on later.retry_of = attempts.id
        ) select id from attempts)`,
      )
      .orderBy('retry_attempt')
      .limit(MAX_ATTEMPTS_SHOWN)
      .execute(),
  );
  return rows.map(asView);
}

const retriedBy = sql<string | null>`(
  select later.id from public.jobs later
  where later.workspace_id = jobs.workspace_id and later.retry_of = jobs.id)`;

function views({ db }: Tx) {
  return db
    .selectFrom('jobs')
    .select(['id', 'kind', 'progress', 'result', 'error', 'warnings', 'version', 'attempts', 'priority'])
    .select(['due_at as dueAt', 'cancel_requested_at as cancelRequestedAt', subject.as('subject')])
    .select(['created_at as createdAt', 'started_at as startedAt', 'completed_at as completedAt'])
    .select(['parent_id as parentId', 'depends_on as dependsOn', 'blocked', 'retry_of as retryOf'])
    .select(['retry_attempt as retryAttempt', retriedBy.as('retriedBy')])
    .select([shownStatus.as('status'), childrenOf.as('parts')]);
}

type Row = Awaited<ReturnType<ReturnType<typeof views>['execute']>>[number];

/** The columns hold what the types say: only this folder writes them. */
function asView({ parts, version, ...row }: Row): JobView {
  if (!parts) return { ...row, version: Number(version), children: null } as JobView;
  const { children, progress, startedAt, versions } = ofChildren(parts, Date.now());
  const shown = { children, progress, startedAt, version: Number(version) + versions };
  return { ...row, ...shown } as JobView;
}
