import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { syncJob } from './job.ts';
import { replayJob } from './replay-job.ts';

/** A sync that was started. */
export const startedRun = z.object({ sourceId: z.guid(), runId: z.guid(), jobId: z.guid() });
export type StartedRun = Readonly<z.infer<typeof startedRun>>;

interface Asked {
  readonly trigger: 'manual' | 'api' | 'schedule' | 'webhook';
  readonly mode: 'incremental' | 'full';
  readonly dryRun?: boolean;
  readonly streams?: readonly string[] | undefined;
  readonly cache?: 'use' | 'renew' | undefined;
}

/** The sources that could be synced, as far as starting that needs to know them. */
export function selectStartable({ db }: Tx) {
  return db
    .selectFrom('external_data_sources')
    .select(['id', 'workspace_id', 'enabled', 'field_mappings', 'mapping_version', 'sync_frequency'])
    .orderBy('id');
}

export type Startable = Awaited<ReturnType<ReturnType<typeof selectStartable>['execute']>>[number];

function isMapped({ field_mappings }: Startable): boolean {
  return Object.keys(field_mappings as object).length > 0;
}

/**
 * Writes a run and its job, which nobody hears of yet. Throws `invalid` where a stream is not mapped, and
 * `conflict` where the source is being synced. Locks the job before the source, as everything does.
 */
export async function createRun(tx: Tx, source: Startable, asked: Asked): Promise<StartedRun> {
  const { id: sourceId, workspace_id: workspaceId } = source;
  const { mode, streams, trigger, dryRun = false, cache } = asked;
  requireMapped(source, streams);
  const runId = randomUUID();
  const payload = { sourceId, runId, mode, cache, ...(streams && { streams: [...streams] }) };
  const jobId = await enqueue(tx, { workspaceId }, syncJob, payload, { singletonKey: `sync:${sourceId}` });
  await insertRun(tx, source, { runId, jobId, trigger, mode, dryRun });
  return { sourceId, runId, jobId };
}

/** As `createRun`, of a run that maps what the source's syncs have set aside once more. */
export async function createReplay(
  tx: Tx,
  source: Startable,
  trigger: Asked['trigger'],
): Promise<StartedRun> {
  const { id: sourceId, workspace_id: workspaceId } = source;
  requireMapped(source, undefined);
  const runId = randomUUID();
  const payload = { sourceId, runId };
  const jobId = await enqueue(tx, { workspaceId }, replayJob, payload, { singletonKey: `sync:${sourceId}` });
  await insertRun(tx, source, { runId, jobId, trigger, mode: 'replay', dryRun: false });
  return { sourceId, runId, jobId };
}

interface NewRun {
  readonly runId: string;
  readonly jobId: string;
  readonly trigger: Asked['trigger'];
  readonly mode: Asked['mode'] | 'replay';
  readonly dryRun: boolean;
}

async function insertRun(tx: Tx, source: Startable, run: NewRun): Promise<void> {
  await tx.db
    .insertInto('sync_runs')
    .values({
      id: run.runId,
      workspace_id: source.workspace_id,
      source_id: source.id,
      job_id: run.jobId,
      trigger: run.trigger,
      mode: run.mode,
      dry_run: run.dryRun,
      mapping_version: source.mapping_version,
    })
    .execute();
  await tx.db
    .updateTable('external_data_sources')
    .set({ sync_status: 'queued' })
    .where('id', '=', source.id)
    .execute();
}

/** The same for several sources; those that are being synced already are passed over. */
export async function createRuns(tx: Tx, sources: readonly Startable[], asked: Asked): Promise<StartedRun[]> {
  const runs: StartedRun[] = [];
  for (const source of sources.filter(isMapped)) {
    try {
      runs.push(await createRun(tx, source, asked));
    } catch (error) {
      if (!isEntrepotError(error) || error.code !== 'conflict') throw error;
    }
  }
  return runs;
}

function requireMapped(source: Startable, streams: readonly string[] | undefined): void {
  const mapped = Object.keys(source.field_mappings as object);
  const unmapped = streams?.filter((name) => !mapped.includes(name)) ?? [];
  if (mapped.length > 0 && unmapped.length === 0) return;
  const problem =
    unmapped.length > 0
      ? `${unmapped.join(', ')} is not mapped; mapped are: ${mapped.join(', ')}`
      : 'none of its streams is mapped onto a dataset: map one first';
  throw new EntrepotError('invalid', `The source cannot be synced: ${problem}.`, {
    fields: { streams: problem },
  });
}
