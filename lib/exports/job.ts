import { sql } from 'kysely';
import { z } from 'zod';
import { isEntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type Artifact, addArtifact, artifactsOf, warningsOf } from '#lib/exports/artifacts.ts';
import { forgetNoted } from '#lib/exports/diff.ts';
import { type ExportView, findExport } from '#lib/exports/export-view.ts';
import { type Produced, produce } from '#lib/exports/produce.ts';
import { moveWatermark } from '#lib/exports/watermark.ts';
import { defineJob, type JobContext } from '#lib/jobs/contract.ts';
import { listObjects, removeObjects } from '#lib/storage/objects.ts';

const payload = z.strictObject({ exportId: z.guid() });
type Payload = z.infer<typeof payload>;
type Made = (tx: Tx) => Promise<readonly Artifact[]>;

/** One run of an export, in one slice: killed, it starts again, and leaves nothing of the try before. */
export const exportJob = defineJob<Payload, { readonly artifacts: readonly Artifact[] }>({
  kind: 'export',
  payloadVersion: 1,
  payload,
  async slice(context) {
    const acting = { workspaceId: context.workspaceId, actor: { kind: 'job', id: context.jobId } } as const;
    const view = await asMember(acting, (tx) => findExport(tx, context.payload.exportId));
    const made = async (tx: Tx) => {
      const artifacts = await artifactsOf(tx, new Map([[context.jobId, view.destination.expiresInHours]]));
      return artifacts.get(context.jobId) ?? [];
    };
    const folder = `artifacts/${context.workspaceId}/${context.jobId}`;
    const isNew = await emptyUnlessMade(context, acting, made, folder);
    if (isNew) await make(context, acting, view, made);
    return asMember(acting, async (tx) => {
      const result = { artifacts: await made(tx) };
      return { outcome: 'done' as const, result, warnings: await warningsOf(tx, context.jobId) };
    });
  },
});

async function make(
  context: JobContext<Payload>,
  acting: Acting,
  view: ExportView,
  made: Made,
): Promise<void> {
  const folder = `artifacts/${context.workspaceId}/${context.jobId}/${context.token}`;
  try {
    const produced = await produce(view, {
      workspaceId: context.workspaceId,
      token: context.token,
      folder,
      timeoutMs: context.timeLeft(),
      signal: context.signal,
      report: context.report,
      fence: () => asMember(acting, context.hold),
    });
    // What a diff has found becomes part of what is delivered: as many rows as that may be.
    const statementTimeoutMs = Math.max(1, Math.ceil(context.timeLeft()));
    await asMember(acting, (tx) => confirm(tx, context, view, produced), { statementTimeoutMs });
  } catch (error) {
    await discard(context, acting, made, folder).catch(() => undefined);
    throw error;
  }
}

/** The file counts as made, and as delivered, from here on. */
async function confirm(
  tx: Tx,
  context: JobContext<Payload>,
  definition: ExportView,
  { snapshot, files }: Produced,
): Promise<void> {
  const { workspaceId, jobId, token } = context;
  const { id: exportId } = definition;
  await context.hold(tx);
  for (const file of files) await addArtifact(tx, { workspaceId, exportId, jobId }, file);
  const { dataset, plan, window } = snapshot;
  if (window) {
    const made = { exportId, workspaceId, token, datasetId: dataset.id, definition, columns: plan.columns };
    await moveWatermark(tx, made, window);
  }
  const rows = files.reduce((sum, { manifest }) => sum + manifest.rows, 0);
  await context.commit(tx, {
    currentPhase: 'finalizing',
    itemsProcessed: rows,
    itemsTotal: rows,
    percentage: 100,
    estimatedTimeRemaining: 0,
  });
}

/**
 * Removes what a failed try has stored. Of a commit that got no answer it is not known whether it took place:
 * where that cannot be found out under the lease, everything stays.
 */
async function discard(
  context: JobContext<Payload>,
  acting: Acting,
  made: Made,
  folder: string,
): Promise<void> {
  // The job's lock outlasts any commit on its way; and it is ours too where the job is to be cancelled.
  await asMember(acting, context.hold).catch((error: unknown) => {
    if (!isEntrepotError(error) || error.code !== 'cancelled') throw error;
  });
  const unreferenced = await asMember(acting, async (tx) => {
    if ((await made(tx)).length > 0) return false;
    // A job that runs no longer sees nothing. Asked last: a lease does not come back.
    const { rows } = await sql<{ sees: boolean }>`
      select private.current_workspace() is not null as sees`.execute(tx.db);
    return rows[0]?.sees === true;
  });
  if (unreferenced) await empty(folder);
}

/** Removes under the lease what earlier tries have left, and says so, unless one of them counts as made. */
function emptyUnlessMade(
  context: JobContext<Payload>,
  acting: Acting,
  made: Made,
  folder: string,
): Promise<boolean> {
  return asMember(acting, async (tx) => {
    await context.hold(tx);
    if ((await made(tx)).length > 0) return false;
    await forgetNoted(tx, context.payload.exportId);
    await empty(folder);
    return true;
  });
}

async function empty(folder: string): Promise<void> {
  await removeObjects(await listObjects(`${folder}/`));
}
