import { isDeepStrictEqual } from 'node:util';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { confirmChanges, forgetDelivered } from '#lib/exports/diff.ts';
import { findExport } from '#lib/exports/export-view.ts';
import { asLayout, type Delivered } from '#lib/exports/ledger-columns.ts';
import type { Plan, RevisionWindow } from '#lib/exports/query/compile.ts';
import { querySchema } from '#lib/exports/query/schema.ts';

/** From the revision of the dataset that the export has delivered, 0 where it never has, to the one that there is. */
export async function windowOf(
  { db }: Tx,
  exportId: string,
  { id, revision: to }: Pick<Dataset, 'id' | 'revision'>,
): Promise<RevisionWindow> {
  const row = await db
    .selectFrom('export_watermarks')
    .select('revision')
    .where('export_id', '=', exportId)
    .where('dataset_id', '=', id)
    .executeTakeFirst();
  return { from: row?.revision ?? '0', to };
}

interface Made extends Delivered, Pick<Plan, 'columns'> {
  readonly workspaceId: string;
  /** Of the try that has delivered. */
  readonly token: string;
  /** The export as it was when its rows were read. */
  readonly definition: ExportDefinition;
}

/**
 * Moves the watermark from the window's start to its end, and makes what a diff has found part of what is
 * delivered. Throws `conflict`, moving nothing, where another run has moved it meanwhile, or the export was given
 * other rows to deliver.
 */
export async function moveWatermark(
  tx: Tx,
  { exportId, datasetId, workspaceId, token, definition, columns }: Made,
  { from, to }: RevisionWindow,
): Promise<void> {
  await tx.db.selectFrom('exports').select('id').where('id', '=', exportId).forShare().execute();
  if (!deliversTheSame(definition, await findExport(tx, exportId))) {
    throw new EntrepotError('conflict', 'The export was changed while it ran. Run it again.');
  }
  const isDiff = definition.mode === 'diff';
  if (isDiff) await confirmChanges(tx, { exportId, datasetId, token, columns });
  await tx.db
    .deleteFrom('export_watermarks')
    .where('export_id', '=', exportId)
    .where((eb) => eb.or([eb('dataset_id', '<>', datasetId), eb('revision', '=', from)]))
    .execute();
  const row = {
    export_id: exportId,
    workspace_id: workspaceId,
    dataset_id: datasetId,
    revision: to,
    ledger_columns: isDiff ? JSON.stringify(asLayout(columns)) : null,
  };
  const moved = await tx.db
    .insertInto('export_watermarks')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('revision')
    .executeTakeFirst();
  if (!moved) {
    throw new EntrepotError('conflict', 'Another run of this export has delivered meanwhile. Run it again.');
  }
}

/** Whether two definitions deliver the same of each change: then what one has delivered need not be by the other. */
export function deliversTheSame(one: ExportDefinition, other: ExportDefinition): boolean {
  return isDeepStrictEqual(asked(one), asked(other));
}

/** The order of rows alone makes no other delivery of them. */
function asked({ mode, sort: _, ...definition }: ExportDefinition): unknown[] {
  const query = querySchema.omit({ sort: true }).keyof().options;
  return [mode === 'diff', ...query.map((part) => definition[part])];
}

/** Makes the export's next run a full one; a later run that is under way finds it moved. */
export async function resetWatermark(tx: Tx, exportId: string): Promise<void> {
  await forgetDelivered(tx, exportId);
  await tx.db
    .updateTable('export_watermarks')
    .set({ revision: '0', ledger_columns: null })
    .where('export_id', '=', exportId)
    .execute();
}
