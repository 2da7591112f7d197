import { type RawBuilder, sql } from 'kysely';
import type { CellText } from '#lib/core/columns.ts';
import { cellOf, liveRowsSql, rowKeySql } from '#lib/datasets/cells.ts';
import { filterSql } from '#lib/datasets/filter-sql.ts';
import { type ColumnLookup, columnsOf } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { chosenColumns, chosenOutputs, type Output, outputLookup } from '#lib/exports/query/columns.ts';
import { type Grouping, groupedRows, grouping } from '#lib/exports/query/groups.ts';
import { pivoting } from '#lib/exports/query/pivot.ts';
import { isGrouped, type Query } from '#lib/exports/query/schema.ts';
import { orderTerms } from '#lib/exports/query/sort.ts';

type Sql = RawBuilder<unknown>;
type Asked = Omit<Query, 'dataset'>;

/** Rows of a revision past `from`, up to and with `to`. */
export interface RevisionWindow {
  readonly from: string;
  readonly to: string;
}

/** What a query is resolved within. */
export interface QueryScope {
  readonly workspaceId: string;
  readonly window?: RevisionWindow | undefined;
  /** The values that a pivot makes columns of, in their order. */
  readonly pivotValues?: readonly CellText[] | undefined;
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
export function compile(query: Asked, dataset: Dataset, scope: QueryScope): Plan {
  const columnOf = columnsOf(dataset);
  const rows = rowsOf(query, dataset, columnOf, scope);
  if (isGrouped(query)) return planOfGroups(query, groupsOf(query, columnOf, scope), rows);
  const all = dataset.columns.map(({ name }) => ({ source: name }));
  const outputs = chosenColumns(query.columns ?? all, columnOf);
  return planOf(query, { outputs, rows, order: [...orderTerms(query.sort, columnOf), rowKeySql] });
}

/** `from … as r where …`: the rows that the query looks at. */
export function rowsOf(
  { filter }: Pick<Query, 'filter'>,
  dataset: Dataset,
  columnOf: ColumnLookup,
  { workspaceId, window }: QueryScope,
): Sql {
  const changed = window
    ? sql` and r.revision > cast(${window.from} as bigint) and r.revision <= cast(${window.to} as bigint)`
    : sql``;
  const passing = filter ? sql` and ${filterSql(filter, columnOf)}` : sql``;
  return sql`${liveRowsSql(dataset, workspaceId)}${changed}${passing}`;
}

function groupsOf(query: Asked, columnOf: ColumnLookup, { pivotValues = [] }: QueryScope): Grouping {
  return query.pivot ? pivoting(query.pivot, query, pivotValues, columnOf) : grouping(query, columnOf);
}

function planOfGroups(query: Asked, groups: Grouping, looked: Sql): Plan {
  const { rows, keys, outputs } = groupedRows(groups, looked);
  const outputOf = outputLookup(outputs);
  const kept = query.having ? sql`${rows} where ${filterSql(query.having, outputOf, 'having')}` : rows;
  // What is equal otherwise comes in the order of the groups, so that two runs agree.
  const ends = orderTerms(
    keys.map(({ column }) => ({ field: column.source, direction: 'asc' })),
    outputOf,
  );
  return planOf(query, {
    outputs: query.columns ? chosenOutputs(query.columns, outputs) : outputs,
    rows: kept,
    order: [...orderTerms(query.sort, outputOf), ...ends],
  });
}

interface Resolved {
  readonly outputs: readonly Output[];
  readonly rows: Sql;
  readonly order: readonly Sql[];
}

function planOf({ limit }: Pick<Query, 'limit'>, { outputs, rows, order }: Resolved): Plan {
  const ordered = order.length === 0 ? sql`` : sql` order by ${sql.join(order)}`;
  const limited = limit === undefined ? sql`` : sql` limit ${sql.lit(limit)}`;
  return {
    columns: outputs.map(({ column }) => column),
    select: (cell = (text) => text) => {
      const cells = outputs.map(({ column, value }) => cell(cellOf(value, column.type), column));
      return sql`select ${sql.join(cells)} ${rows}${ordered}${limited}`;
    },
    count: (most) =>
      sql`select count(*) from (select ${rows} limit ${sql.lit(Math.min(most, limit ?? most))}) as counted`,
  };
}
