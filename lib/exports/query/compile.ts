import { type RawBuilder, sql } from 'kysely';
import { cellOf, liveRowsSql, rowKeySql } from '#lib/datasets/cells.ts';
import { filterSql } from '#lib/datasets/filter-sql.ts';
import { type ColumnLookup, columnsOf } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { chosenColumns } from '#lib/exports/query/columns.ts';
import type { Query } from '#lib/exports/query/schema.ts';
import { orderTerms } from '#lib/exports/query/sort.ts';

type Sql = RawBuilder<unknown>;

/** Rows of a revision past `from`, up to and with `to`. */
export interface RevisionWindow {
  readonly from: string;
  readonly to: string;
}

/** A query resolved against the dataset as it is now. */
export interface Plan {
  readonly columns: readonly OutputColumn[];
  /** The one query: a cell of each column, its `CellText` or what `cell` makes of that, in the order of the file. */
  select(cell?: (text: RawBuilder<string | null>, column: OutputColumn) => Sql): Sql;
  /** How many rows there are, counting no further than `limit`. */
  count(limit: number): RawBuilder<{ count: string }>;
}

/**
 * Resolves `query`; throws `invalid`, naming the place, where it does not fit the dataset (any more).
 * Identifiers come from the registry alone and values are bound as text that the query casts.
 */
export function compile(
  query: Omit<Query, 'dataset'>,
  dataset: Dataset,
  scope: { readonly workspaceId: string; readonly window?: RevisionWindow | undefined },
): Plan {
  const columnOf = columnsOf(dataset);
  const outputs = chosenColumns(query, dataset, columnOf);
  const rows = sql`${liveRowsSql(dataset, scope.workspaceId)}${conditions(query, columnOf, scope.window)}`;
  const order = sql.join([...orderTerms(query.sort, columnOf), rowKeySql]);
  const limit = query.limit === undefined ? sql`` : sql` limit ${sql.lit(query.limit)}`;
  return {
    columns: outputs.map(({ column }) => column),
    select: (cell = (text) => text) => {
      const cells = outputs.map(({ column, value }) => cell(cellOf(value, column.type), column));
      return sql`select ${sql.join(cells)} ${rows} order by ${order}${limit}`;
    },
    count: (most) =>
      sql`select count(*) from (select ${rows} limit ${sql.lit(Math.min(most, query.limit ?? most))}) as counted`,
  };
}

function conditions(
  { filter }: Pick<Query, 'filter'>,
  columnOf: ColumnLookup,
  window: RevisionWindow | undefined,
): Sql {
  const changed = window
    ? sql` and r.revision > cast(${window.from} as bigint) and r.revision <= cast(${window.to} as bigint)`
    : sql``;
  return filter ? sql`${changed} and ${filterSql(filter, columnOf)}` : changed;
}
