import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { RevisionWindow } from '#lib/exports/compile.ts';

interface Incremental {
  readonly exportId: string;
  readonly datasetId: string;
}

/** Up to which revision of the dataset the export has delivered: 0 where it never has. */
export async function readWatermark({ db }: Tx, { exportId, datasetId }: Incremental): Promise<string> {
  const row = await db
    .selectFrom('export_watermarks')
    .select('revision')
    .where('export_id', '=', exportId)
    .where('dataset_id', '=', datasetId)
    .executeTakeFirst();
  return row?.revision ?? '0';
}

/**
 * Moves the watermark from the window's start to its end. Throws `conflict`, moving nothing, where another
 * run has moved it meanwhile.
 */
export async function moveWatermark(
  tx: Tx,
  { exportId, datasetId, workspaceId }: Incremental & { readonly workspaceId: string },
  { from, to }: RevisionWindow,
): Promise<void> {
  await tx.db
    .deleteFrom('export_watermarks')
    .where('export_id', '=', exportId)
    .where((eb) => eb.or([eb('dataset_id', '<>', datasetId), eb('revision', '=', from)]))
    .execute();
  const row = { export_id: exportId, workspace_id: workspaceId, dataset_id: datasetId, revision: to };
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

/** Makes the export's next run a full one; a later run that is under way finds it moved. */
export async function resetWatermark({ db }: Tx, exportId: string): Promise<void> {
  await db
    .updateTable('export_watermarks')
    .set({ revision: '0' })
    .where('export_id', '=', exportId)
    .execute();
}
