import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import type { RateWindow } from '#lib/core/rate-window.ts';
import type { StreamMapping } from '#lib/datasets/stream-mapping.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type CallMeter, newMeter } from '#lib/http/meter.ts';
import type { JobContext, JobOutcome } from '#lib/jobs/contract.ts';
import { type Counts, sumCounts } from './counts.ts';
import { fenced } from './fence.ts';
import type { RunCache } from './from-cache.ts';
import { readSafeguards, type Safeguards } from './safeguards.ts';

/** What a sync job is told; the rest is in its source and its run. */
export interface SyncPayload {
  readonly sourceId: string;
  readonly runId: string;
  readonly mode: 'incremental' | 'full';
  /** Those to read; all that are mapped where absent. */
  readonly streams?: readonly string[] | undefined;
  /** `use` may read what a sync was answered that was asked the same; `renew` only keeps it for the next. */
  readonly cache?: 'use' | 'renew' | undefined;
}

/** What a sync has done, in all and by stream. */
export interface SyncResult extends Counts {
  readonly streams: Readonly<Record<string, Counts>>;
}

/** A run that is being worked on. */
export interface Run extends Safeguards {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly runId: string;
  readonly dryRun: boolean;
  readonly sourceType: string;
  readonly config: unknown;
  readonly mappings: Readonly<Record<string, StreamMapping>>;
  readonly mappingVersion: number;
  readonly configVersion: number;
  /** By stream; grows with every page. */
  readonly counts: Record<string, Counts>;
  readonly rateLimits: readonly RateWindow[] | null;
  /** Null where the source is read past the cache. */
  readonly cache: RunCache | null;
  /** What reading has cost the run so far, as far as that was stored; grows with every call. */
  readonly meter: CallMeter;
}

/**
 * Marks a run and its source as running and reads what the run needs. Throws `not_found` where the source is
 * gone, and `MAPPING_ERROR` where its mapping is another than when the run was made.
 */
export function openRun(
  context: JobContext<Pick<SyncPayload, 'sourceId' | 'runId' | 'streams' | 'cache'>>,
): Promise<Run> {
  const { sourceId, runId, streams, cache } = context.payload;
  return fenced(context, async (tx) => {
    const source = await tx.db
      .updateTable('external_data_sources')
      .set({ sync_status: 'running', sync_error: null })
      .where('id', '=', sourceId)
      .returning(['source_type', 'config', 'field_mappings', 'mapping_version', 'config_version'])
      .returning(['conflict_policy', 'conflict_policies', 'delete_guard', 'reject_limit', 'rate_limits'])
      .returning('cache_ttl_seconds as ttlSeconds')
      .executeTakeFirstOrThrow(sourceGone);
    const run = await tx.db
      .updateTable('sync_runs')
      .set({
        status: 'running',
        error: null,
        completed_at: null,
        started_at: sql`coalesce(started_at, now())`,
      })
      .where('id', '=', runId)
      .returning(['mapping_version', 'streams', 'dry_run', 'api_calls', 'wasted_calls', 'cache_hits', 'mode'])
      .returning(sql<boolean>`started_at = now()`.as('begins'))
      .executeTakeFirstOrThrow(sourceGone);
    if (run.mapping_version !== source.mapping_version) throw sourceChanged();
    if (run.begins && run.mode !== 'replay' && !run.dry_run && !streams && cache !== 'use')
      await coverCalls(tx, sourceId);
    return {
      workspaceId: context.workspaceId,
      sourceId,
      runId,
      dryRun: run.dry_run,
      sourceType: source.source_type,
      config: source.config,
      mappings: source.field_mappings as unknown as Run['mappings'],
      mappingVersion: run.mapping_version,
      configVersion: source.config_version,
      counts: run.streams as unknown as Run['counts'],
      rateLimits: source.rate_limits as unknown as Run['rateLimits'],
      cache:
        cache && source.ttlSeconds > 0
          ? { ttlSeconds: source.ttlSeconds, force: cache === 'renew', tallies: {} }
          : null,
      meter: { ...newMeter(), calls: run.api_calls, wasted: run.wasted_calls, cacheHits: run.cache_hits },
      ...readSafeguards(source),
    };
  });
}

/** A run that begins to read everything that is mapped brings what the source has called for until now. */
async function coverCalls({ db }: Tx, sourceId: string): Promise<void> {
  await db
    .updateTable('source_webhooks')
    .set({ pending_at: null })
    .where('source_id', '=', sourceId)
    .where('pending_at', 'is not', null)
    .execute();
}

/** Keeps the source, its config and its mapping as they are until the transaction ends; throws where the run's are gone. */
export async function holdSource(
  { db }: Tx,
  { sourceId, mappingVersion, configVersion }: Pick<Run, 'sourceId' | 'mappingVersion' | 'configVersion'>,
): Promise<void> {
  const source = await db
    .selectFrom('external_data_sources')
    .select(['mapping_version', 'config_version'])
    .where('id', '=', sourceId)
    .forShare()
    .executeTakeFirstOrThrow(sourceGone);
  if (source.mapping_version !== mappingVersion || source.config_version !== configVersion) {
    throw sourceChanged();
  }
}

/** Stores what a run has done so far, `counts` in place of those of the same names, and what reading has cost. */
export async function storeCounts(
  { db }: Tx,
  run: Run,
  counts: Readonly<Record<string, Counts>>,
): Promise<void> {
  const { meter } = run;
  await db
    .updateTable('sync_runs')
    .set({
      streams: JSON.stringify({ ...run.counts, ...counts }),
      api_calls: meter.calls,
      wasted_calls: meter.wasted,
      cache_hits: meter.cacheHits,
    })
    .where('id', '=', run.runId)
    .execute();
}

/** Tells the person who looks at the run something that did not make it fail; each only once. */
export async function warn({ db }: Tx, { runId }: Run, stream: string, message: string): Promise<void> {
  const warning = JSON.stringify([{ stream, message }]);
  await sql`
    update public.sync_runs set warnings = warnings || ${warning}::jsonb
    where id = ${runId} and not warnings @> ${warning}::jsonb
  `.execute(db);
}

export function resultOf({ counts }: Pick<Run, 'counts'>): SyncResult {
  return { ...sumCounts(Object.values(counts)), streams: counts };
}

/**
 * Tells the source and its run, locked in this order, how the job ended, in the transaction that ends it. A source is
 * as its last sync left it; a dry run or a replay is none.
 */
export async function settleRun(
  { db }: Tx,
  { payload: { sourceId, runId } }: { readonly payload: Pick<SyncPayload, 'sourceId' | 'runId'> },
  outcome: JobOutcome<SyncResult>,
): Promise<void> {
  const { status } = outcome;
  const error = status === 'completed' ? null : JSON.stringify(outcome.error);
  await sql`select from public.external_data_sources where id = ${sourceId} for no key update`.execute(db);
  await db
    .updateTable('sync_runs')
    .set({
      status,
      error,
      completed_at: sql`now()`,
      whole: status === 'completed' ? hasReadAll(sourceId, runId) : false,
    })
    .where('id', '=', runId)
    .execute();
  await sql`
    with last as (
      select r.status, r.error, r.completed_at from public.sync_runs r
      where r.source_id = ${sourceId} and r.completed_at is not null and not r.dry_run and r.mode <> 'replay'
      order by r.completed_at desc limit 1
    )
    update public.external_data_sources s set
      sync_status = coalesce((select status from last), 'idle'), sync_error = (select error from last),
      last_sync_at = greatest(s.last_sync_at, (select completed_at from last where status = 'completed'))
    where s.id = ${sourceId}
  `.execute(db);
  await sql`select private.forget_seen(${runId})`.execute(db);
}

/** Whether a run that has completed has read every mapped stream from its start, and not from a bookmark on. */
function hasReadAll(sourceId: string, runId: string) {
  return sql<boolean>`not exists (
    select from public.external_data_sources s
    cross join lateral jsonb_object_keys(s.field_mappings) as mapped (stream)
    left join public.sync_cursors c
      on c.source_id = s.id and c.stream = mapped.stream and c.run_id = ${runId} and c.since is null
    where s.id = ${sourceId} and c.run_id is null)`;
}

function sourceGone(): EntrepotError {
  return new EntrepotError('not_found', 'The source has been removed.');
}

function sourceChanged(): EntrepotError {
  return new EntrepotError(
    'MAPPING_ERROR',
    'The source or its mapping was changed after this sync had been started. Start it again to use the new one.',
  );
}
