import { type RawBuilder, sql } from 'kysely';
import type { CellText } from '#lib/core/columns.ts';
import { cellOf, liveRowsSql, rowKey } from '#lib/datasets/cells.ts';
import { filterSql } from '#lib/datasets/filter-sql.ts';
import type { ColumnLookup } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { type RelatedColumns, relatedColumns } from '#lib/datasets/related.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { chosenColumns, chosenOutputs, type Output, outputLookup } from '#lib/exports/query/columns.ts';
import { type Grouping, groupedRows, grouping } from '#lib/exports/query/groups.ts';
import { withMetadata } from '#lib/exports/query/metadata.ts';
import { markRepeated, requireEachOnce, valuesOfOne } from '#lib/exports/query/once.ts';
import { passing } from '#lib/exports/query/passing.ts';
import { pivoting, pivotValuesSql } from '#lib/exports/query/pivot.ts';
import { isGrouped, type Pivot, type Query } from '#lib/exports/query/schema.ts';
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
  /** Those that relations of the query's dataset may lead to. */
  readonly datasets?: readonly Dataset[] | undefined;
  readonly window?: RevisionWindow | undefined;
  /** The values that a pivot makes columns of, in their order. */
  readonly pivotValues?: readonly CellText[] | undefined;
}

/** What people call a row: a part of its key. */
export interface RowName {
  readonly place: number;
  /** Whether it may tell of a person. */
  readonly personal: boolean;
}

/** A query resolved against the dataset as it is now. */
export interface Plan {
  readonly columns: readonly OutputColumn[];
  /** Whether each row is one of the dataset's own, whose revision is known. */
  readonly isTracked: boolean;
  readonly name: RowName;
  /** The one query: a cell of each column, its `CellText` or what `cell` makes of that, in the order of the file. */
  select(cell?: (text: RawBuilder<string | null>, column: OutputColumn) => Sql): Sql;
  /** The same rows for a comparison: `key` names a row among them, `cells` are as above, `place` counts in their order. */
  keyed(): Sql;
  /** How many rows there are, counting no further than `limit`. */
  count(limit: number): RawBuilder<{ count: string }>;
}

/**
 * Resolves `query`; throws `invalid`, naming the place, where it does not fit the dataset (any more).
 * Identifiers come from the registry alone and values are bound as text that the query casts.
 */
export function compile(query: Asked, dataset: Dataset, scope: QueryScope): Plan {
  const related = relatedColumns(dataset, scope.datasets ?? [], scope.workspaceId);
  if (isGrouped(query)) return planOfGroups(query, dataset, scope, related);
  const all = dataset.columns.map(({ name }) => ({ source: name }));
  const known = (columnOf: ColumnLookup) => withMetadata(dataset, scope.window?.from ?? '0', columnOf);
  const outputs = chosenColumns(query.columns ?? all, known(related.columnOf), query.filter);
  const sorted = orderTerms(query.sort, known(valuesOfOne(related)));
  const key = [...rowKey(dataset), ...[...related.furtherKeys().values()].flat()];
  const { rows, isJoined } = rowsOf(query, dataset, scope, related);
  const isTracked = dataset.kind !== 'view' && !isJoined;
  return planOf(query, {
    outputs: markRepeated(outputs, related),
    rows,
    // No catalogue knows what tells the rows of a view apart.
    repeatsKeys: !isTracked,
    key: sql.join(key),
    name: nameOf(dataset),
    order: [...sorted, ...key],
    isTracked,
  });
}

/** Asks for the values that a query's pivot makes columns of, one more than there may be. */
export function pivotValues(
  query: Asked,
  dataset: Dataset,
  scope: QueryScope,
): RawBuilder<{ value: CellText }> {
  const related = relatedColumns(dataset, scope.datasets ?? [], scope.workspaceId);
  return pivotValuesSql(
    query.pivot as Pivot,
    related.columnOf,
    () => rowsOf(query, dataset, scope, related).rows,
  );
}

/** The rows that the query looks at. */
interface Rows {
  /** `from … as r where …` */
  readonly rows: Sql;
  /** Whether rows of other datasets are among them, or decide which are. */
  readonly isJoined: boolean;
}

/** Joins what has been looked up by now. */
function rowsOf(query: Asked, dataset: Dataset, scope: QueryScope, related: RelatedColumns): Rows {
  const { workspaceId, window } = scope;
  const { condition, isJoined } = passing(query, dataset, scope, related);
  const changed = window ? sql` and ${changedSql(window, query.status)}` : sql``;
  return {
    rows: sql`${liveRowsSql(dataset, workspaceId, related.joins())}${changed}${condition}`,
    isJoined: isJoined || related.isJoined(),
  };
}

/** Whether a row was written within the window, and whether it is of the status asked for: new ones began within it. */
function changedSql({ from, to }: RevisionWindow, status: Query['status']): Sql {
  const written = sql`r.revision > cast(${from} as bigint) and r.revision <= cast(${to} as bigint)`;
  const [only, other] = status ?? [];
  if (only === undefined || (other !== undefined && other !== only)) return written;
  return sql`${written} and r.created_revision ${only === 'new' ? sql`>` : sql`<=`} cast(${from} as bigint)`;
}

function groupsOf(query: Asked, related: RelatedColumns, { pivotValues = [] }: QueryScope): Grouping {
  return query.pivot
    ? pivoting(query.pivot, query, pivotValues, related.columnOf)
    : grouping(query, related.columnOf);
}

function planOfGroups(query: Asked, dataset: Dataset, scope: QueryScope, related: RelatedColumns): Plan {
  const groups = groupsOf(query, related, scope);
  requireEachOnce(query, related);
  const { rows, keys, outputs } = groupedRows(groups, rowsOf(query, dataset, scope, related).rows);
  const outputOf = outputLookup(outputs);
  const kept = query.having ? sql`${rows} where ${filterSql(query.having, outputOf, 'having')}` : rows;
  // What is equal otherwise comes in the order of the groups, so that two runs agree.
  const ends = keys.map(({ column }) => ({ field: column.source, direction: 'asc' as const }));
  return planOf(query, {
    outputs: query.columns ? chosenOutputs(query.columns, outputs) : outputs,
    rows: kept,
    key: sql.join(keys.map(({ column, value }) => cellOf(value, column.type))),
    name: { place: keys.length - 1, personal: keys.some(({ column }) => column.personal === true) },
    order: [...orderTerms(query.sort, outputOf), ...orderTerms(ends, outputOf)],
    isTracked: false,
  });
}

interface Resolved {
  readonly outputs: readonly Output[];
  readonly rows: Sql;
  /** Names a row, by one expression or several. */
  readonly key: Sql;
  readonly name: RowName;
  /** Whether several rows may have the same name. */
  readonly repeatsKeys?: boolean;
  readonly order: readonly Sql[];
  readonly isTracked: boolean;
}

function planOf({ limit }: Pick<Query, 'limit'>, resolved: Resolved): Plan {
  const { outputs, rows, order, isTracked, name } = resolved;
  const ordered = order.length === 0 ? sql`` : sql` order by ${sql.join(order)}`;
  const limited = limit === undefined ? sql`` : sql` limit ${sql.lit(limit)}`;
  return {
    columns: outputs.map(({ column }) => column),
    isTracked,
    name,
    select: (cell = (text) => text) => {
      const cells = outputs.map(({ column, value }) => cell(cellOf(value, column.type), column));
      return sql`select ${sql.join(cells)} ${rows}${ordered}${limited}`;
    },
    keyed: () => {
      const texts = outputs.map(({ column, value }) => sql`${cellOf(value, column.type)}::text`);
      const cells = sql`array[${sql.join(texts)}]`;
      return sql`select jsonb_build_array(${wholeKey(resolved, cells)})::text as key, ${cells} as cells,
        row_number() over (${ordered}) as place ${rows}`;
    },
    count: (most) =>
      sql`select count(*) from (select ${rows} limit ${sql.lit(Math.min(most, limit ?? most))}) as counted`,
  };
}

/** What names a row among the others: those of one key are counted, in the order of their cells. */
function wholeKey({ key, repeatsKeys }: Resolved, cells: Sql): Sql {
  return repeatsKeys ? sql`${key}, row_number() over (partition by ${key} order by ${cells})` : key;
}

/** What its source calls a row, or the end of a view's key; of a view without one, the first of its columns. */
function nameOf(dataset: Dataset): RowName {
  const hasKey = dataset.kind !== 'view' || dataset.key.length > 0;
  const personal = dataset.columns.some((column) => column.personal === true);
  return { place: hasKey ? rowKey(dataset).length - 1 : 0, personal };
}
