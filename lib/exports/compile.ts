import { type RawBuilder, sql } from 'kysely';
import { cellSql, comparableOf, liveRowsSql, rowKeySql } from '#lib/datasets/cells.ts';
import { filterSql } from '#lib/datasets/filter-sql.ts';
import { type ColumnLookup, columnsOf, refuse } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { ExportDefinition, SortKey } from '#lib/exports/definition.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';

type Sql = RawBuilder<unknown>;

/** Rows of a revision past `from`, up to and with `to`. */
export interface RevisionWindow {
  readonly from: string;
  readonly to: string;
}

/** A definition resolved against the dataset as it is now. */
export interface Plan {
  readonly columns: readonly OutputColumn[];
  /** The one query: a cell of each column, as `cell` writes it, in the order of the file. */
  select(cell?: (column: OutputColumn) => Sql): Sql;
  /** How many rows there are, counting no further than `limit`. */
  count(limit: number): RawBuilder<{ count: string }>;
}

/**
 * Resolves `definition`; throws `invalid`, naming the place, where it does not fit the dataset (any more).
 * Identifiers come from the registry alone and values are bound as text that the query casts.
 */
export function compile(
  definition: Pick<ExportDefinition, 'columns' | 'filter' | 'sort' | 'limit'>,
  dataset: Dataset,
  scope: { readonly workspaceId: string; readonly window?: RevisionWindow | undefined },
): Plan {
  const columnOf = columnsOf(dataset);
  const columns = outputColumns(definition, dataset, columnOf);
  const rows = sql`${liveRowsSql(dataset, scope.workspaceId)}${conditions(definition, columnOf, scope.window)}`;
  const order = sql.join([
    ...definition.sort.map((key, place) => orderTerm(key, place, columnOf)),
    rowKeySql,
  ]);
  const limit = definition.limit === undefined ? sql`` : sql` limit ${sql.lit(definition.limit)}`;
  return {
    columns,
    select: (cell = outputCellSql) =>
      sql`select ${sql.join(columns.map(cell))} ${rows} order by ${order}${limit}`,
    count: (most) =>
      sql`select count(*) from (select ${rows} limit ${sql.lit(Math.min(most, definition.limit ?? most))}) as counted`,
  };
}

/** A column's cell as `CellText`. */
export function outputCellSql({ source, type }: OutputColumn): Sql {
  return cellSql({ name: source, type });
}

function outputColumns(
  { columns }: Pick<ExportDefinition, 'columns'>,
  dataset: Dataset,
  columnOf: ColumnLookup,
): OutputColumn[] {
  const chosen = columns ?? dataset.columns.map(({ name }) => ({ source: name, header: undefined }));
  return chosen.map(({ source, header }, place) => {
    const { name, ...rest } = columnOf(source, `columns.${place}.source`).column;
    return { ...rest, source: name, header: header ?? name };
  });
}

function conditions(
  { filter }: Pick<ExportDefinition, 'filter'>,
  columnOf: ColumnLookup,
  window: RevisionWindow | undefined,
): Sql {
  const changed = window
    ? sql` and r.revision > cast(${window.from} as bigint) and r.revision <= cast(${window.to} as bigint)`
    : sql``;
  return filter ? sql`${changed} and ${filterSql(filter, columnOf)}` : changed;
}

function orderTerm({ field, direction }: SortKey, place: number, columnOf: ColumnLookup): Sql {
  const { column, value } = columnOf(field, `sort.${place}.field`);
  if (column.type === 'json')
    refuse(`sort.${place}.field`, `the column "${field}" is json and cannot be sorted by`);
  return sql`${comparableOf(value, column.type)} ${direction === 'asc' ? sql`asc` : sql`desc`} nulls last`;
}
