import { z } from 'zod';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type Artifact, addArtifact, artifactsOf } from '#lib/exports/artifacts.ts';
import { type ExportView, findExport } from '#lib/exports/export-view.ts';
import { type Produced, produce } from '#lib/exports/produce.ts';
import { moveWatermark } from '#lib/exports/watermark.ts';
import { defineJob, type JobContext } from '#lib/jobs/contract.ts';
import { listObjects, removeObjects } from '#lib/storage/objects.ts';

const payload = z.strictObject({ exportId: z.guid() });
type Payload = z.infer<typeof payload>;

/** One run of an export, in one slice: killed, it starts again, and leaves nothing of the try before. */
export const exportJob = defineJob<Payload, { readonly artifacts: readonly Artifact[] }>({
  kind: 'export',
  payloadVersion: 1,
  payload,
  async slice(context) {
    const acting = { workspaceId: context.workspaceId, actor: { kind: 'job', id: context.jobId } } as const;
    const view = await asMember(acting, (tx) => findExport(tx, context.payload.exportId));
    const made = async () => {
      const { expiresInHours } = view.destination;
      const artifacts = await asMember(acting, (tx) => artifactsOf(tx, [context.jobId], expiresInHours));
      return artifacts.get(context.jobId) ?? [];
    };
    if ((await made()).length === 0) await make(context, acting, view, made);
    return { outcome: 'done', result: { artifacts: await made() } };
  },
});

async function make(
  context: JobContext<Payload>,
  acting: Acting,
  view: ExportView,
  made: () => Promise<readonly Artifact[]>,
): Promise<void> {
  const folder = `artifacts/${context.workspaceId}/${context.jobId}`;
  await empty(folder);
  try {
    const produced = await produce(view, {
      workspaceId: context.workspaceId,
      folder: `${folder}/${context.token}`,
      timeoutMs: context.timeLeft(),
      signal: context.signal,
      report: context.report,
      fence: () => asMember(acting, context.hold),
    });
    await asMember(acting, (tx) => confirm(tx, context, view, produced));
  } catch (error) {
    // Of a commit that got no answer it is not known whether it took place.
    if ((await made()).length === 0) await empty(`${folder}/${context.token}`);
    throw error;
  }
}

/** The file counts as made, and as delivered, from here on. */
async function confirm(
  tx: Tx,
  context: JobContext<Payload>,
  { id: exportId }: ExportView,
  { snapshot, ...produced }: Produced,
): Promise<void> {
  const { workspaceId, jobId } = context;
  await context.hold(tx);
  await addArtifact(tx, { workspaceId, exportId, jobId }, produced);
  const { dataset, window } = snapshot;
  if (window) await moveWatermark(tx, { exportId, workspaceId, datasetId: dataset.id }, window);
  const { rows } = produced.manifest;
  await context.commit(tx, {
    currentPhase: 'finalizing',
    itemsProcessed: rows,
    itemsTotal: rows,
    percentage: 100,
    estimatedTimeRemaining: 0,
  });
}

async function empty(folder: string): Promise<void> {
  await removeObjects(await listObjects(`${folder}/`));
}
