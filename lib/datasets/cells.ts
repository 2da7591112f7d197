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

/** What identifies a row within its workspace; ends every sort, so that two reads agree. */
export const rowKeySql = sql`r.source_id, r.stream, r.external_id`;

/** `from … as r where …`: the workspace's rows of a dataset, without those that are deleted. */
export function liveRowsSql({ table }: Dataset, workspaceId: string): RawBuilder<unknown> {
  return sql`from ${sql.id(table.schema, table.name)} as r
    where r.workspace_id = cast(${workspaceId} as uuid) and r.deleted_at is null`;
}
