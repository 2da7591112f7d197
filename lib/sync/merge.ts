import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import { stage, stagedColumn, staging } from './staging.ts';
import { type MappedRow, type Target, tableOf } from './target.ts';

/** What became of a page's rows; the four add up to how many there were. */
export interface Merged {
  readonly inserted: number;
  /** Tombstones that came back among them. */
  readonly updated: number;
  readonly unchanged: number;
  /** Keys that an earlier page of the same pass had written. */
  readonly superseded: number;
}

/** The dataset's revision when the pass began, and the one that this transaction writes under. */
export interface Revisions {
  readonly from: string;
  readonly now: string;
}

/** The last row of each key, by version, then by place. */
export function latestByKey<Row extends MappedRow>(rows: readonly Row[]): Row[] {
  const latest = new Map<string, Row>();
  for (const row of rows) {
    const held = latest.get(row.externalId);
    if (!held || Date.parse(row.version) >= Date.parse(held.version)) latest.set(row.externalId, row);
  }
  return [...latest.values()];
}

/**
 * Brings `rows`, each key once, into the target's table. Only rows that are new, deleted, or of another hash
 * and an equal or newer version are written; no other is locked, copied or given a new row version. The
 * transaction holds the dataset's revision, so nothing else can be writing here.
 */
export async function merge(
  tx: Tx,
  target: Target,
  rows: readonly MappedRow[],
  revisions: Revisions,
): Promise<Merged> {
  if (rows.length === 0) return { inserted: 0, updated: 0, unchanged: 0, superseded: 0 };
  const found = await classify(tx, target, rows, revisions.from);
  const writes = found.filter((finding) => finding.writes);
  const staged = writes.flatMap(({ place, known }) => ({ row: rows[place - 1] as MappedRow, known }));
  if (staged.length > 0) await stage(tx, target, staged);
  if (writes.some(({ known }) => known)) await update(tx, target, revisions.now);
  if (writes.some(({ known }) => !known)) await insert(tx, target, revisions.now);
  const superseded = count(found, ({ own }) => own);
  const inserted = count(writes, ({ known }) => !known);
  const updated = count(writes, ({ known, own }) => known && !own);
  return { inserted, updated, superseded, unchanged: rows.length - inserted - updated - superseded };
}

/** A row that is not simply there already as it is. */
interface Finding {
  readonly place: number;
  /** Whether the table has the key. */
  readonly known: boolean;
  /** Whether the row is to be written. */
  readonly writes: boolean;
  /** Whether this pass wrote the key before. */
  readonly own: boolean;
}

/** Sends keys, hashes and versions alone, and hears back only of rows that differ or that the pass wrote. */
async function classify(
  { db }: Tx,
  target: Target,
  rows: readonly MappedRow[],
  fromRevision: string,
): Promise<Finding[]> {
  const keys = rows.map((row) => row.externalId);
  const hashes = rows.map((row) => row.hash);
  const versions = rows.map((row) => row.version);
  const { rows: found } = await sql<Finding>`
    with compared as (
      select given.place::int, t.external_id is not null as known,
        t.external_id is null
          or (t.row_hash is distinct from given.row_hash or t.deleted_at is not null)
            and coalesce(t.source_version <= given.source_version, true) as writes,
        coalesce(t.revision > ${fromRevision}::bigint, false) as own
      from unnest(${keys}::text[], ${hashes}::uuid[], ${versions}::timestamptz[])
        with ordinality as given (external_id, row_hash, source_version, place)
      left join lateral (${rowOf(target, sql`given.external_id`)}) t on true
    )
    select * from compared where writes or own
  `.execute(db);
  return found;
}

/**
 * The target's row of a key. The limit keeps it a look into the index for each key: before the table has
 * statistics, a plain join reads all rows of the source for each page.
 */
function rowOf(target: Target, key: RawBuilder<unknown>) {
  const { workspaceId, sourceId, stream } = target;
  return sql`
    select s.*, s.ctid from ${tableOf(target)} s
    where s.workspace_id = ${workspaceId}::uuid and s.source_id = ${sourceId}::uuid and s.stream = ${stream}
      and s.external_id = ${key} collate "C" limit 1`;
}

function count(found: readonly Finding[], counted: (finding: Finding) => boolean): number {
  return found.filter(counted).length;
}

async function insert(tx: Tx, target: Target, revision: string): Promise<void> {
  const names = target.columns.map((name) => sql`, ${sql.id(name)}`);
  const values = target.columns.map((_, index) => sql`, i.${stagedColumn(index)}`);
  await sql`
    insert into ${tableOf(target)} (workspace_id, source_id, stream, source_system, created_revision, revision,
      external_id, row_hash, source_version${sql.join(names, sql``)})
    select ${target.workspaceId}::uuid, ${target.sourceId}::uuid, ${target.stream}, ${target.sourceSystem},
      ${revision}::bigint, ${revision}::bigint,
      i.external_id, i.row_hash, i.source_version${sql.join(values, sql``)}
    from ${staging} i where not i.known
  `.execute(tx.db);
}

/** Locks the rows in the order of their keys, as everything does that locks several. */
async function update(tx: Tx, target: Target, revision: string): Promise<void> {
  const assignments = target.columns.map((name, index) => sql`, ${sql.id(name)} = i.${stagedColumn(index)}`);
  const row = rowOf(target, sql`i.external_id`);
  await sql`
    select count(*) from (select external_id from ${staging} where known order by external_id) i
    cross join lateral (${row} for update) held
  `.execute(tx.db);
  await sql`
    update ${tableOf(target)} t set row_hash = i.row_hash, source_version = i.source_version,
      synced_at = now(), deleted_at = null, revision = ${revision}::bigint${sql.join(assignments, sql``)}
    from ${staging} i cross join lateral (${row}) held
    where i.known and t.ctid = held.ctid
  `.execute(tx.db);
}
