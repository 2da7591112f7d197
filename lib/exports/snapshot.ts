import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import type { Plan, RevisionWindow } from '#lib/exports/query/compile.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { asRead } from '#lib/exports/shape/as-read.ts';
import { windowOf } from '#lib/exports/watermark.ts';

/** What one run sees: everything it reads later is of this moment. */
export interface Snapshot {
  readonly dataset: Dataset;
  readonly plan: Plan;
  /** ISO 8601 in UTC. */
  readonly takenAt: string;
  /** From which revision of the dataset to which a run brings what was delivered; undefined for a full one. */
  readonly window: RevisionWindow | undefined;
}

/** Takes the snapshot of the open transaction; throws `forbidden` where the acting person may no longer run exports. */
export async function takeSnapshot(tx: Tx, workspaceId: string, view: ExportView): Promise<Snapshot> {
  const takenAt = await timeOfOwner(tx);
  const dataset = await findDataset(tx, view.dataset);
  const window = view.mode === 'full' ? undefined : await windowOf(tx, view.id, dataset);
  const changed = view.mode === 'incremental' ? window : undefined;
  const plan = await planQuery(tx, asRead(view, dataset), dataset, { workspaceId, window: changed });
  return { dataset, plan, takenAt, window };
}

/** When the snapshot was taken, for one who may run exports in it. */
async function timeOfOwner({ db }: Tx): Promise<string> {
  const { rows } = await sql<{ takenAt: string; mayRun: boolean }>`
    select now() as "takenAt", private.may('editor') as "mayRun"
  `.execute(db);
  const [found] = rows;
  if (found?.mayRun) return found.takenAt;
  throw ownerMayNot();
}

/** For an export whose owner has left the workspace, may only look at it now, or is gone altogether. */
export function ownerMayNot(): EntrepotError {
  return new EntrepotError(
    'forbidden',
    'The owner of this export may no longer run exports in this workspace, and it runs with their rights. Let an owner of the workspace hand it over to someone under Settings, Members.',
  );
}
