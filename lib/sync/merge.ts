import { type RawBuilder, sql } from 'kysely';
import type { Column } from '#lib/core/columns.ts';
import { changedFields, noteInsertions, recordChanges } from '#lib/datasets/changes.ts';
import { tableOf } from '#lib/datasets/place.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ConflictPolicy } from '#lib/sources/safeguards.ts';
import { applyEdits } from './edits.ts';
import { stage, stagedColumn, staging, unstage } from './staging.ts';
import type { MappedRow, Target } from './target.ts';

/** What became of a page's rows; the four add up to how many there were. */
export interface Merged {
  readonly inserted: number;
  /** Tombstones that came back among them. */
  readonly updated: number;
  readonly unchanged: number;
  /** Keys that an earlier page of the same pass had written. */
  readonly superseded: number;
}

/** Who writes: the dataset's revision when the pass began, and the one that this transaction writes under. */
export interface Writing {
  readonly runId: string;
  /** Null where there is no pass to tell its own rows by. */
  readonly from: string | null;
  /** When the pass first asked the source, ISO 8601: what has vanished before is there again. Null as `from`. */
  readonly readAt: string | null;
  readonly revision: string;
  readonly policy: ConflictPolicy;
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
 * Brings `rows`, each key once, into the target's table. Only rows that are new, had vanished, or are of another hash
 * and an equal or newer version are written, each with what it changed; no other is locked, copied or given a new
 * row version. What people have edited stays as `writing.policy` says. The transaction holds the dataset's
 * revision, so nothing else can be writing here.
 */
export async function merge(
  tx: Tx,
  target: Target,
  rows: readonly MappedRow[],
  writing: Writing,
): Promise<Merged> {
  if (rows.length === 0) return { inserted: 0, updated: 0, unchanged: 0, superseded: 0 };
  const { added, changed, updated, superseded } = await classify(tx, target, rows, writing);
  const rowsAt = (places: readonly number[] | null) => (places ?? []).map((at) => rows[at - 1] as MappedRow);
  const fresh = rowsAt(added);
  const known = rowsAt(changed);
  if (fresh.length + known.length > 0) await stage(tx, target, { fresh, known });
  if (known.length > 0) await update(tx, target, known, writing);
  if (fresh.length > 0) await insert(tx, target, writing);
  if (fresh.length + known.length > 0) await unstage(tx);
  const inserted = fresh.length;
  return { inserted, updated, superseded, unchanged: rows.length - inserted - updated - superseded };
}

/** Which rows are to be written, by their places from 1 on; null for none. */
interface Findings {
  /** Those whose key the table does not have. */
  readonly added: readonly number[] | null;
  readonly changed: readonly number[] | null;
  /** How many of the changed were not written by this pass before. */
  readonly updated: number;
  /** How many of all this pass has written before. */
  readonly superseded: number;
}

/** Sends keys, hashes and versions alone, and hears back only of rows that are to be written. */
async function classify(
  { db }: Tx,
  target: Target,
  rows: readonly MappedRow[],
  { from, readAt }: Writing,
): Promise<Findings> {
  const keys = keysOf(rows);
  const hashes = rows.map((row) => row.hash);
  const versions = rows.map((row) => row.version);
  await lookKeysUp(db);
  const { rows: findings } = await sql<Findings>`
    with held as materialized (${rowsOf(target, keys)}), compared as (
      select given.place::int, t.external_id is not null as known,
        t.external_id is null
          or (t.row_hash is distinct from given.row_hash or t.deleted_at is not null)
            and (coalesce(t.source_version <= given.source_version, true)
              or t.deleted_at is not null and coalesce(t.source_version <= ${readAt}::timestamptz, false)) as writes,
        coalesce(t.revision > ${from}::bigint, false) as own
      from unnest(${keys}::text[], ${hashes}::uuid[], ${versions}::timestamptz[])
        with ordinality as given (external_id, row_hash, source_version, place)
      left join held t on t.external_id = given.external_id
    )
    select array_agg(place) filter (where not known) as added,
      array_agg(place) filter (where known and writes) as changed,
      (count(*) filter (where known and writes and not own))::int as updated,
      (count(*) filter (where own))::int as superseded
    from compared
  `.execute(db);
  return findings[0] as Findings;
}

function keysOf(rows: readonly MappedRow[]): string[] {
  return rows.map((row) => row.externalId);
}

/** The target's rows of these keys, in the order of the keys, by one walk through the primary key. */
function rowsOf(target: Target, keys: readonly string[], columns: readonly Column[] = []) {
  const { workspaceId, sourceId, stream } = target;
  return sql`
    select s.external_id, s.row_hash, s.source_version, s.deleted_at, s.revision, s.ctid${sql.join(
      columns.map(({ name }, index) => sql`, s.${sql.id(name)} as ${columnBefore(index)}`),
      sql``,
    )}
    from ${tableOf(target)} s
    where s.workspace_id = ${workspaceId}::uuid and s.source_id = ${sourceId}::uuid and s.stream = ${stream}
      and s.external_id = any (${keys}::text[])
    order by s.external_id`;
}

/** What `rowsOf` calls the nth of the columns that it was asked for. */
function columnBefore(index: number) {
  return sql.id(`b${index}`);
}

/**
 * Holds the planner to the primary key for `rowsOf`: from Postgres 17 on nothing else gives its order without a
 * sort. Left to statistics that do not know the workspace yet, it reads all that the workspace has. Before 17
 * even the primary key needs the sort, and statistics decide.
 */
async function lookKeysUp(db: Tx['db']): Promise<void> {
  await sql`
    select set_config('enable_sort', 'off', true) where current_setting('server_version_num')::int >= 170000
  `.execute(db);
}

async function insert(tx: Tx, target: Target, writing: Writing): Promise<void> {
  const { revision } = writing;
  const names = target.columns.map(({ name }) => sql`, ${sql.id(name)}`);
  const values = target.columns.map((_, index) => sql`, i.${stagedColumn(index)}`);
  await sql`
    insert into ${tableOf(target)} (workspace_id, source_id, stream, source_system, created_revision, revision,
      external_id, row_hash, source_version${sql.join(names, sql``)})
    select ${target.workspaceId}::uuid, ${target.sourceId}::uuid, ${target.stream}, ${target.sourceSystem},
      ${revision}::bigint, ${revision}::bigint,
      i.external_id, i.row_hash, i.source_version${sql.join(values, sql``)}
    from ${staging} i where not i.known
  `.execute(tx.db);
  await noteInsertions(tx, target, writing);
}

/** Locks the rows in the order of their keys, as everything does that locks several. */
async function update(tx: Tx, target: Target, rows: readonly MappedRow[], writing: Writing): Promise<void> {
  const keys = keysOf(rows);
  await sql`select count(*) from (${rowsOf(target, keys)} for update) held`.execute(tx.db);
  await applyEdits(tx, target, keys, writing.policy);
  await recordChanges(tx, target, writing, updated(target, keys, writing.revision));
}

/** Writes the staged rows over those that are held, and tells what each was before. */
function updated(target: Target, keys: readonly string[], revision: string): RawBuilder<unknown> {
  const assignments = target.columns.map(
    ({ name }, index) => sql`, ${sql.id(name)} = i.${stagedColumn(index)}`,
  );
  const fields = changedFields(
    target.columns.map((column, index) => ({
      column,
      before: sql`held.${columnBefore(index)}`,
      after: sql.id('t', column.name),
    })),
  );
  return sql`
    with held as materialized (${rowsOf(target, keys, target.columns)})
    update ${tableOf(target)} t set row_hash = i.row_hash, source_version = i.source_version,
      synced_at = now(), deleted_at = null, revision = ${revision}::bigint${sql.join(assignments, sql``)}
    from held join ${staging} i on i.known and i.external_id = held.external_id
    where t.ctid = held.ctid
    returning t.external_id, ${fields} as fields,
      case when held.deleted_at is null then 'updated' else 'undeleted' end as operation`;
}
