import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { jobErrorSchema } from '#lib/jobs/contract.ts';

const rows = z.int().min(0);
const counts = z
  .object({
    read: rows.meta({ description: 'The sum of the others, `deleted` apart.' }),
    inserted: rows,
    updated: rows,
    unchanged: rows,
    deleted: rows,
    rejected: rows,
    superseded: rows.meta({ description: 'Rows whose key came once more, later.' }),
  })
  .meta({ id: 'Counts' });

/** A sync of a source as the API shows it. Times are ISO 8601 in UTC. */
export const runView = z
  .object({
    id: z.guid(),
    sourceId: z.guid(),
    jobId: z.guid().nullable(),
    trigger: z.enum(['manual', 'schedule', 'webhook', 'api']),
    mode: z.enum(['incremental', 'full', 'replay']),
    dryRun: z.boolean().meta({ description: 'It showed what a sync would change, and wrote no row.' }),
    status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
    mappingVersion: z.int(),
    streams: z.record(z.string(), counts).meta({ description: 'What became of the rows, by stream.' }),
    apiCalls: z.int().meta({ description: 'Requests sent to the source: the quota that it spent.' }),
    wastedCalls: z.int().meta({ description: 'Those among them that brought nothing and were sent again.' }),
    cacheHits: z.int(),
    cachedAt: z.iso.datetime().nullable().meta({
      description:
        'When what it was read from was answered, where that was the cache: then it deletes nothing.',
    }),
    warnings: z.array(z.object({ stream: z.string(), message: z.string() })),
    error: jobErrorSchema.nullable(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    completedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Run' });
export type RunView = Readonly<z.infer<typeof runView>>;

/** A row that a sync set aside, why, and how it looked. */
export const rejectView = z
  .object({
    id: z.string(),
    runId: z.guid(),
    stream: z.string(),
    line: z.string().nullable().meta({
      description: 'Where the row starts in the body it came from, counted from 1.',
    }),
    externalId: z.string().nullable(),
    field: z.string().nullable(),
    reason: z.string(),
    value: z.string().nullable(),
    payload: z.string().meta({ description: 'The row as it came.' }),
    replayable: z.boolean().meta({ description: 'Whether it can be mapped once more from what is kept.' }),
    resolvedAt: z.iso.datetime().nullable().meta({
      description: 'When the row, or a later one of its key, was taken.',
    }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Reject' });
export type RejectView = Readonly<z.infer<typeof rejectView>>;

/** A source's syncs, latest first. */
export function listRuns(session: Session, sourceId: string, query: ListQuery): Promise<ListPage<RunView>> {
  return asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    return keysetPage(selectRuns(tx).where('source_id', '=', sourceId), query, 'desc');
  });
}

/** Throws `not_found`, for a run of another source too. */
export function getRun(session: Session, sourceId: string, runId: string): Promise<RunView> {
  return asMember(session, (tx) =>
    selectRuns(tx)
      .where('source_id', '=', sourceId)
      .where('id', '=', runId)
      .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'There is no such run.')),
  );
}

export const rejectStatus = z.enum(['open', 'resolved']);

interface RejectsOf {
  readonly sourceId: string;
  readonly runId?: string | undefined;
  readonly stream?: string | undefined;
  /** All where absent. */
  readonly status?: z.infer<typeof rejectStatus> | undefined;
  /** Those alone that can be mapped once more, or that cannot. */
  readonly replayable?: boolean | undefined;
}

/** What a source's syncs, or one of them, set aside: oldest first. Throws `not_found`. */
export function listRejects(
  session: Session,
  { sourceId, runId, stream, status, replayable }: RejectsOf,
  query: ListQuery,
): Promise<ListPage<RejectView>> {
  return asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    const rejects = selectRejects(tx)
      .where('source_id', '=', sourceId)
      .$if(runId !== undefined, (query) => query.where('run_id', '=', runId ?? ''))
      .$if(stream !== undefined, (query) => query.where('stream', '=', stream ?? ''))
      .$if(replayable !== undefined, (query) => query.where('replayable', '=', replayable ?? true))
      .$if(status === 'open', (query) => query.where('resolved_at', 'is', null))
      .$if(status === 'resolved', (query) => query.where('resolved_at', 'is not', null));
    return keysetPage(rejects, query, 'asc');
  });
}

function selectRuns({ db }: Tx) {
  return db
    .selectFrom('sync_runs')
    .select(['id', 'trigger', 'mode', 'dry_run as dryRun', 'status', 'streams', 'warnings', 'error'])
    .select([
      'api_calls as apiCalls',
      'wasted_calls as wastedCalls',
      'cache_hits as cacheHits',
      'cached_at as cachedAt',
    ])
    .select(['source_id as sourceId', 'job_id as jobId', 'mapping_version as mappingVersion'])
    .select(['created_at as createdAt', 'started_at as startedAt', 'completed_at as completedAt'])
    .$castTo<RunView>();
}

function selectRejects({ db }: Tx) {
  return db
    .selectFrom('sync_rejects')
    .select(['id', 'stream', 'line', 'field', 'reason', 'value', 'payload', 'replayable'])
    .select(['run_id as runId', 'external_id as externalId'])
    .select(['resolved_at as resolvedAt', 'created_at as createdAt'])
    .$castTo<RejectView>();
}

/** Throws `not_found`. */
export async function requireSource({ db }: Tx, id: string): Promise<void> {
  await db
    .selectFrom('external_data_sources')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'There is no such source.'));
}
