import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** A sync of a source as the API shows it. Times are ISO 8601 in UTC. */
export interface RunView {
  readonly id: string;
  readonly sourceId: string;
  readonly jobId: string | null;
  readonly trigger: string;
  readonly mode: string;
  readonly status: string;
  readonly mappingVersion: number;
  /** By stream: read, inserted, updated, unchanged, deleted, rejected, superseded. */
  readonly streams: unknown;
  readonly error: unknown;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

/** A row that a sync set aside, why, and how it looked. */
export interface RejectView {
  readonly id: string;
  readonly runId: string;
  readonly stream: string;
  /** Where the row starts in the body it came from, counted from 1. */
  readonly line: string | null;
  readonly externalId: string | null;
  readonly field: string | null;
  readonly reason: string;
  readonly value: string | null;
  readonly payload: string;
  readonly resolvedAt: string | null;
  readonly createdAt: string;
}

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

/** What a source's syncs, or one of them, set aside: oldest first. */
export function listRejects(
  session: Session,
  { sourceId, runId }: { readonly sourceId: string; readonly runId?: string | undefined },
  query: ListQuery,
): Promise<ListPage<RejectView>> {
  return asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    const rejects = selectRejects(tx).where('source_id', '=', sourceId);
    return keysetPage(runId ? rejects.where('run_id', '=', runId) : rejects, query, 'asc');
  });
}

function selectRuns({ db }: Tx) {
  return db
    .selectFrom('sync_runs')
    .select(['id', 'trigger', 'mode', 'status', 'streams', 'error'])
    .select(['source_id as sourceId', 'job_id as jobId', 'mapping_version as mappingVersion'])
    .select(['created_at as createdAt', 'started_at as startedAt', 'completed_at as completedAt'])
    .$castTo<RunView>();
}

function selectRejects({ db }: Tx) {
  return db
    .selectFrom('sync_rejects')
    .select(['id', 'stream', 'line', 'field', 'reason', 'value', 'payload'])
    .select(['run_id as runId', 'external_id as externalId'])
    .select(['resolved_at as resolvedAt', 'created_at as createdAt'])
    .$castTo<RejectView>();
}

async function requireSource({ db }: Tx, id: string): Promise<void> {
  await db
    .selectFrom('external_data_sources')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'There is no such source.'));
}
