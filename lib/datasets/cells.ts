import { type RawBuilder, sql } from 'kysely';
import type { Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';

/** The column of a row of `liveRowsSql`: a bare name in `order by` would be that of an output. */
export function columnSql(name: string): RawBuilder<unknown> {
  return sql.id('r', name);
}

/**
 * The SQL whose text form, in a session with ISO dates and the zone UTC, is the column's `CellText`. Most
 * types are that already; only booleans and timestamps need rewriting.
 */
export function cellSql({ name, type }: Column): RawBuilder<string | null> {
  return cellOf(columnSql(name), type);
}

/** The same for any expression of a column's type. */
export function cellOf(value: RawBuilder<unknown>, type: Column['type']): RawBuilder<string | null> {
  if (type === 'boolean') return sql`case when ${value} then 'true' when not ${value} then 'false' end`;
  if (type === 'timestamp') {
    return sql`case when isfinite(${value}) then replace(${value}::timestamp::text, ' ', 'T') || 'Z'
      else ${value}::text end`;
  }
  return sql`${value}`;
}

/** The column as it is compared and sorted: text by its bytes, so that every server agrees. */
export function comparableSql({ name, type }: Column): RawBuilder<unknown> {
  return comparableOf(columnSql(name), type);
}

/** The same for any expression of a column's type. */
export function comparableOf(value: RawBuilder<unknown>, type: Column['type']): RawBuilder<unknown> {
  return type === 'text' ? sql`${value} collate "C"` : value;
}

/** The Postgres type that a column's values are cast to. */
export const postgresTypes = {
  text: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamptz',
  json: 'jsonb',
} as const;

/** The columns that identify a row within its workspace. Of a view without a key: all of them. */
export function keyNames({
  kind,
  key,
  columns,
}: Pick<Dataset, 'kind' | 'key' | 'columns'>): readonly string[] {
  if (kind !== 'view') return ['source_id', 'stream', 'external_id'];
  return key.length > 0 ? key : columns.map(({ name }) => name);
}

/** The values of `keyNames`; they end every sort, so that two reads agree. */
export function rowKey(dataset: Dataset, alias = 'r'): RawBuilder<unknown>[] {
  const types = new Map(dataset.columns.map(({ name, type }) => [name, type]));
  return keyNames(dataset).map((name) => {
    const value = sql.id(alias, name);
    // Of the platform's own columns the texts are stored by their bytes already.
    return dataset.kind === 'view' ? comparableOf(value, types.get(name) ?? 'text') : value;
  });
}

/** `from … as r … where …`: the workspace's rows of a dataset, without those that are deleted. */
export function liveRowsSql(
  dataset: Pick<Dataset, 'kind' | 'table' | 'columns'>,
  workspaceId: string,
  joins: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  const present = dataset.kind === 'view' ? sql`` : sql` and r.deleted_at is null`;
  return sql`from ${rowsSql(dataset)} as r${joins}
    where r.workspace_id = cast(${workspaceId} as uuid)${present}`;
}

/** A table's rows as they are; of a view, whose columns are of any type, as the types of its dataset. */
function rowsSql({ kind, table, columns }: Pick<Dataset, 'kind' | 'table' | 'columns'>): RawBuilder<unknown> {
  const name = sql.id(table.schema, table.name);
  if (kind !== 'view') return name;
  const cast = columns.map((column) => sql`${typed(column)} as ${sql.id(column.name)}`);
  return sql`(select v.workspace_id, ${sql.join(cast)} from ${name} as v)`;
}

function typed({ name, type }: Column): RawBuilder<unknown> {
  const value = sql.id('v', name);
  if (type === 'json') return sql`to_jsonb(${value})`;
  // A float would lose digits on its way to a number that is exact.
  return type === 'decimal' ? sql`${value}::text::numeric` : sql`${value}::${sql.raw(postgresTypes[type])}`;
}
