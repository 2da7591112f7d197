import { type RawBuilder, sql } from 'kysely';
import { nextRevision, recordChanges } from '#lib/datasets/changes.ts';
import { isOf, type Place, tableOf } from '#lib/datasets/place.ts';
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
 * Removes the next rows of a deletion in the caller's transaction: each becomes a tombstone, unless something has
 * written it since it was missed. The caller sees to it that the source is not synced meanwhile.
 */
export async function removeBatch(tx: Tx, deletion: Deletion): Promise<Batch> {
  await takeDatasets(tx, deletion);
  const keys = (await nextRows(tx, deletion, sql`r.revision is null`)).map(({ key }) => key);
  const rows = keys.length > 0 ? await remove(tx, deletion, keys) : 0;
  return ended(tx, deletion, 'applied', { rows, last: keys.length < ROWS_AT_ONCE });
}

/** In the order of their ids, as everything does that writes to several. */
async function takeDatasets(tx: Tx, { place, lists }: Deletion): Promise<void> {
  for (const id of [place, ...lists].map(({ datasetId }) => datasetId).sort()) await nextRevision(tx, id);
}

async function remove(tx: Tx, deletion: Deletion, keys: readonly string[]): Promise<number> {
  const { place, lists, runId, decidedBy, beforeRevision, sourceVersion } = deletion;
  const by = { runId, createdBy: decidedBy };
  const set = sql`deleted_at = now(), source_version = greatest(t.source_version, ${sourceVersion}::timestamptz)`;
  const { rows, revision } = await change(tx, place, by, {
    operation: 'deleted',
    set,
    where: sql`${among(keys)} and t.deleted_at is null and t.revision <= ${beforeRevision}::bigint`,
  });
  const gone = await sql<{ key: string }>`
    select t.external_id as key from ${tableOf(place)} t
    where ${isOf(place)} and ${among(keys)} and t.deleted_at is not null and t.revision = ${revision}::bigint
  `.execute(tx.db);
  const removedKeys = gone.rows.map(({ key }) => key);
  await mark(tx, deletion, keys, KEPT);
  await mark(tx, deletion, removedKeys, revision);
  for (const list of lists) {
    await change(tx, list, by, {
      operation: 'deleted',
      set,
      where: sql`${belongingTo(removedKeys)} and t.deleted_at is null`,
    });
  }
  return rows;
}

/** Brings the next rows of a deletion back in the caller's transaction: those that it removed and nothing has since. */
export async function restoreBatch(tx: Tx, deletion: Deletion): Promise<Batch> {
  await takeDatasets(tx, deletion);
  const removed = await nextRows(tx, deletion, sql`r.revision > ${KEPT}`);
  const rows = removed.length > 0 ? await restore(tx, deletion, removed) : 0;
  return ended(tx, deletion, 'undone', { rows, last: removed.length < ROWS_AT_ONCE });
}

async function restore(tx: Tx, deletion: Deletion, removed: readonly Row[]): Promise<number> {
  const { place, lists, decidedBy } = deletion;
  const by = { runId: null, createdBy: decidedBy };
  const keys = removed.map(({ key }) => key);
  // Few: one for each batch that removed some of them.
  const revisions = [...new Set(removed.map((row) => row.revision))];
  const { restored, moments } = await stillRemoved(tx, place, keys, revisions);
  const set = sql`deleted_at = null`;
  const { rows } = await change(tx, place, by, {
    operation: 'undeleted',
    set,
    where: sql`${among(restored)} and t.deleted_at is not null`,
  });
  await mark(tx, deletion, keys, null);
  for (const list of lists) {
    await change(tx, list, by, {
      operation: 'undeleted',
      set,
      where: sql`${belongingTo(restored)} and t.deleted_at = any (${moments}::timestamptz[])`,
    });
  }
  return rows;
}

/**
 * Which rows nothing has written since these revisions removed them, and when that was: what belongs to them went in
 * the same transaction, at the same moment.
 */
async function stillRemoved(
  { db }: Tx,
  place: Place,
  keys: readonly string[],
  revisions: readonly (string | null)[],
): Promise<{ restored: string[]; moments: string[] }> {
  const { rows } = await sql<{ key: string; moment: string }>`
    select t.external_id as key, t.deleted_at::text as moment from ${tableOf(place)} t
    where ${isOf(place)} and ${among(keys)} and t.deleted_at is not null
      and t.revision = any (${revisions}::bigint[])
  `.execute(db);
  return {
    restored: rows.map(({ key }) => key),
    moments: [...new Set(rows.map(({ moment }) => moment))],
  };
}

interface Change {
  readonly operation: 'deleted' | 'undeleted';
  readonly set: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
}

/** Changes rows of a place under a revision of their own; tells it, and how many they were. */
async function change(
  tx: Tx,
  place: Place,
  by: { readonly runId: string | null; readonly createdBy: string | null },
  { operation, set, where }: Change,
): Promise<{ rows: number; revision: string }> {
  const revision = await nextRevision(tx, place.datasetId);
  const changed = sql`
    update ${tableOf(place)} t set ${set}, revision = ${revision}::bigint where ${isOf(place)} and ${where}
    returning t.external_id, ${operation}::text as operation, '{}'::jsonb as fields`;
  return { rows: await recordChanges(tx, place, { ...by, revision }, changed), revision };
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

/** Without a join: statistics know nothing of a list that was made a moment ago. */
function among(keys: readonly string[]) {
  return sql`t.external_id = any (${keys}::text[])`;
}

function belongingTo(parents: readonly string[]) {
  return sql`t.parent_external_id = any (${parents}::text[])`;
}
