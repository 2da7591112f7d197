import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext, JobOutcome } from '#lib/jobs/contract.ts';
import { type Counts, sumCounts } from './counts.ts';
import { fenced } from './fence.ts';

/** What a sync job is told; the rest is in its source and its run. */
export interface SyncPayload {
  readonly sourceId: string;
  readonly runId: string;
  readonly mode: 'incremental' | 'full';
  /** Those to read; all that are mapped where absent. */
  readonly streams?: readonly string[] | undefined;
}

/** What a sync has done, in all and by stream. */
export interface SyncResult extends Counts {
  readonly streams: Readonly<Record<string, Counts>>;
}

/** How one stream is mapped, as the source keeps it. */
export interface StreamMapping {
  readonly dataset: string;
  readonly fields: FieldMapping;
}

/** A run that is being worked on. */
export interface Run {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly runId: string;
  readonly sourceType: string;
  readonly config: unknown;
  readonly mappings: Readonly<Record<string, StreamMapping>>;
  readonly mappingVersion: number;
  /** By stream; grows with every page. */
  readonly counts: Record<string, Counts>;
}

/**
 * Marks a run and its source as running and reads what the run needs. Throws `not_found` where the source is
 * gone, and `MAPPING_ERROR` where its mapping is another than when the run was made.
 */
export function openRun(context: JobContext<SyncPayload>): Promise<Run> {
  const { sourceId, runId } = context.payload;
  return fenced(context, async (tx) => {
    const source = await tx.db
      .updateTable('external_data_sources')
      .set({ sync_status: 'running', sync_error: null })
      .where('id', '=', sourceId)
      .returning(['source_type', 'config', 'field_mappings', 'mapping_version'])
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
      .returning(['mapping_version', 'streams'])
      .executeTakeFirstOrThrow(sourceGone);
    if (run.mapping_version !== source.mapping_version) throw mappingChanged();
    return {
      workspaceId: context.workspaceId,
      sourceId,
      runId,
      sourceType: source.source_type,
      config: source.config,
      mappings: source.field_mappings as unknown as Run['mappings'],
      mappingVersion: run.mapping_version,
      counts: run.streams as unknown as Run['counts'],
    };
  });
}

/** Keeps the source and its mapping as they are until the transaction ends; throws where the run's are gone. */
export async function holdSource({ db }: Tx, { sourceId, mappingVersion }: Run): Promise<void> {
  const source = await db
    .selectFrom('external_data_sources')
    .select('mapping_version')
    .where('id', '=', sourceId)
    .forShare()
    .executeTakeFirstOrThrow(sourceGone);
  if (source.mapping_version !== mappingVersion) throw mappingChanged();
}

/** Stores what a stream's pass has done so far. */
export async function storeCounts({ db }: Tx, run: Run, stream: string, counts: Counts): Promise<void> {
  await db
    .updateTable('sync_runs')
    .set({ streams: JSON.stringify({ ...run.counts, [stream]: counts }) })
    .where('id', '=', run.runId)
    .execute();
}

export function resultOf({ counts }: Run): SyncResult {
  return { ...sumCounts(Object.values(counts)), streams: counts };
}

/** Tells the source and its run, locked in this order, how the job ended, in the transaction that ends it. */
export async function settleRun(
  { db }: Tx,
  { payload }: { readonly payload: SyncPayload },
  outcome: JobOutcome<SyncResult>,
): Promise<void> {
  const { status } = outcome;
  const completed = status === 'completed';
  const error = completed ? null : JSON.stringify(outcome.error);
  await db
    .updateTable('external_data_sources')
    .set({ sync_status: status, sync_error: error, ...(completed && { last_sync_at: sql`now()` }) })
    .where('id', '=', payload.sourceId)
    .execute();
  await db
    .updateTable('sync_runs')
    .set({ status, error, completed_at: sql`now()` })
    .where('id', '=', payload.runId)
    .execute();
}

function sourceGone(): EntrepotError {
  return new EntrepotError('not_found', 'The source has been removed.');
}

function mappingChanged(): EntrepotError {
  return new EntrepotError(
    'MAPPING_ERROR',
    'The mapping was changed after this sync had been started. Start it again to use the new one.',
  );
}
