import { type RawBuilder, sql } from 'kysely';
import { recordChanges } from '#lib/datasets/changes.ts';
import { type Place, tableOf } from '#lib/datasets/place.ts';
import type { Tx } from '#lib/db/transaction.ts';

const ROWS_AT_ONCE = 5_000;
/** In place of the revision that removed a row: it had changed meanwhile, and was kept. */
const KEPT = -1;

/** A deletion under way, and where its rows are. */
export interface Deletion {
  readonly id: string;
  readonly runId: string | null;
  readonly beforeRevision: string;
  readonly sourceVersion: string;
  readonly decidedBy: string | null;
  readonly place: Place;
  /** Where the rows are that belong to them. */
  readonly lists: readonly Place[];
}

/** What one batch did: rows that it changed, and whether it was the last. */
export interface Batch {
  readonly rows: number;
  readonly last: boolean;
}

/**
 * Removes the next rows of a deletion in the caller's transaction, which holds the source: each becomes a tombstone,
 * unless something has written it since it was missed.
 */
export async function removeBatch(tx: Tx, deletion: Deletion): Promise<Batch> {
  const keys = (await nextRows(tx, deletion, sql`r.revision is null`)).map(({ key }) => key);
  const rows = keys.length > 0 ? await remove(tx, deletion, keys) : 0;
  return ended(tx, deletion, 'applied', { rows, last: keys.length < ROWS_AT_ONCE });
}

async function remove(tx: Tx, deletion: Deletion, keys: readonly string[]): Promise<number> {
  const { place, lists, runId, decidedBy, beforeRevision, sourceVersion } = deletion;
  const revision = await nextRevision(tx, place);
  const removed = sql`
    update ${tableOf(place)} t set deleted_at = now(), revision = ${revision}::bigint,
      source_version = greatest(t.source_version, ${sourceVersion}::timestamptz)
    where ${at(place, keys)} and t.deleted_at is null and t.revision <= ${beforeRevision}::bigint
    returning t.external_id, 'deleted' as operation, '{}'::jsonb as fields`;
  const rows = await recordChanges(tx, place, { runId, revision, createdBy: decidedBy }, removed);
  const gone = await sql<{ key: string }>`
    select t.external_id as key from ${tableOf(place)} t
    where ${at(place, keys)} and t.deleted_at is not null and t.revision = ${revision}::bigint
  `.execute(tx.db);
  const removedKeys = gone.rows.map(({ key }) => key);
  await mark(tx, deletion, keys, KEPT);
  await mark(tx, deletion, removedKeys, revision);
  for (const list of lists) {
    await changeList(
      tx,
      list,
      removedKeys,
      { runId, createdBy: decidedBy },
      (now) => sql`
      set deleted_at = now(), revision = ${now}::bigint where t.deleted_at is null`,
      'deleted',
    );
  }
  return rows;
}

/** Brings the next rows of a deletion back in the caller's transaction: those that it removed and nothing has since. */
export async function restoreBatch(tx: Tx, deletion: Deletion): Promise<Batch> {
  const removed = await nextRows(tx, deletion, sql`r.revision > ${KEPT}`);
  const rows = removed.length > 0 ? await restore(tx, deletion, removed) : 0;
  return ended(tx, deletion, 'undone', { rows, last: removed.length < ROWS_AT_ONCE });
}

async function restore(tx: Tx, deletion: Deletion, removed: readonly Row[]): Promise<number> {
  const { place, lists, decidedBy } = deletion;
  const keys = removed.map(({ key }) => key);
  // Few: one for each batch that removed some of them.
  const revisions = [...new Set(removed.map((row) => row.revision))];
  const moments = await momentsOf(tx, place, keys);
  const revision = await nextRevision(tx, place);
  const restored = sql`
    update ${tableOf(place)} t set deleted_at = null, revision = ${revision}::bigint
    where ${at(place, keys)} and t.deleted_at is not null and t.revision = any (${revisions}::bigint[])
    returning t.external_id, 'undeleted' as operation, '{}'::jsonb as fields`;
  const rows = await recordChanges(tx, place, { runId: null, revision, createdBy: decidedBy }, restored);
  await mark(tx, deletion, keys, null);
  for (const list of lists) {
    await changeList(
      tx,
      list,
      keys,
      { runId: null, createdBy: decidedBy },
      (now) => sql`
      set deleted_at = null, revision = ${now}::bigint where t.deleted_at = any (${moments}::timestamptz[])`,
      'undeleted',
    );
  }
  return rows;
}

/** When the rows were removed: what belongs to them went in the same transaction, at the same moment. */
async function momentsOf({ db }: Tx, place: Place, keys: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ moment: string }>`
    select distinct t.deleted_at::text as moment from ${tableOf(place)} t
    where ${at(place, keys)} and t.deleted_at is not null
  `.execute(db);
  return rows.map(({ moment }) => moment);
}

/** Changes what belongs to rows of these keys. */
async function changeList(
  tx: Tx,
  list: Place,
  parents: readonly string[],
  by: { readonly runId: string | null; readonly createdBy: string | null },
  change: (revision: string) => RawBuilder<unknown>,
  operation: 'deleted' | 'undeleted',
): Promise<void> {
  const revision = await nextRevision(tx, list);
  const changed = sql`
    update ${tableOf(list)} t ${change(revision)} and t.workspace_id = ${list.workspaceId}
      and t.source_id = ${list.sourceId} and t.stream = ${list.stream}
      and t.parent_external_id = any (${parents}::text[])
    returning t.external_id, ${operation}::text as operation, '{}'::jsonb as fields`;
  await recordChanges(tx, list, { ...by, revision }, changed);
}

async function ended(
  { db }: Tx,
  { id }: Deletion,
  status: 'applied' | 'undone',
  batch: Batch,
): Promise<Batch> {
  if (batch.last) await db.updateTable('sync_deletions').set({ status }).where('id', '=', id).execute();
  return batch;
}

interface Row {
  readonly key: string;
  readonly revision: string | null;
}

async function nextRows({ db }: Tx, { id }: Deletion, open: RawBuilder<unknown>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select r.external_id as key, r.revision from public.sync_deletion_rows r
    where r.deletion_id = ${id} and ${open} order by r.external_id limit ${ROWS_AT_ONCE}
  `.execute(db);
  return rows;
}

/** Notes what became of rows of the list: the revision that removed them, that they were kept, or nothing. */
async function mark(
  { db }: Tx,
  { id }: Deletion,
  keys: readonly string[],
  revision: string | number | null,
): Promise<void> {
  await sql`
    update public.sync_deletion_rows r set revision = ${revision}::bigint
    where r.deletion_id = ${id} and r.external_id = any (${keys}::text[])
  `.execute(db);
}

async function nextRevision({ db }: Tx, { datasetId }: Place): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    select private.next_revision(${datasetId}) as revision`.execute(db);
  return rows[0]?.revision ?? '';
}

/** Without a join: statistics know nothing of a list that was made a moment ago. */
function at({ workspaceId, sourceId, stream }: Place, keys: readonly string[]) {
  return sql`t.workspace_id = ${workspaceId} and t.source_id = ${sourceId} and t.stream = ${stream}
    and t.external_id = any (${keys}::text[])`;
}
