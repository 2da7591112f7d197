import type { Tx } from '#lib/db/transaction.ts';
import type { OpenStream } from '#lib/sync/open-stream.ts';
import type { Pass } from '#lib/sync/pass.ts';

type Keyed = Pick<OpenStream, 'keyedBy'>;

/**
 * Whether other fields fill the key than in the last pass that saw everything: then all rows are known by new keys.
 * Where that pass has filled another dataset, nobody can tell.
 */
export async function hasNewKey(tx: Tx, pass: Pass, { keyedBy }: Keyed): Promise<boolean> {
  const { before } = await tx.db
    .selectFrom('sync_cursors')
    .select('keyed_by as before')
    .where('source_id', '=', pass.sourceId)
    .where('stream', '=', pass.stream)
    .executeTakeFirstOrThrow();
  return before !== null && before !== keyedBy && datasetOf(before) === datasetOf(keyedBy);
}

function datasetOf(keyedBy: string): unknown {
  return (JSON.parse(keyedBy) as unknown[])[0];
}

/** Notes what fills the key, in the transaction that ends a pass which has seen everything. */
export async function noteKey({ db }: Tx, pass: Pass, { keyedBy }: Keyed): Promise<void> {
  await db
    .updateTable('sync_cursors')
    .set({ keyed_by: keyedBy })
    .where('source_id', '=', pass.sourceId)
    .where('stream', '=', pass.stream)
    .where('keyed_by', 'is distinct from', keyedBy)
    .execute();
}
