import { type RawBuilder, sql } from 'kysely';
import { liveRowsSql, rowKey } from '#lib/datasets/cells.ts';
import { expressionSql } from '#lib/datasets/expression/sql.ts';
import { filterSql } from '#lib/datasets/filter-sql.ts';
import type { ColumnLookup } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { type RelatedColumns, relatedColumns } from '#lib/datasets/related.ts';
import type { Query } from '#lib/exports/query/schema.ts';

type Sql = RawBuilder<unknown>;
type Asked = Pick<Query, 'filter' | 'expression'>;

interface Scope {
  readonly workspaceId: string;
  readonly datasets?: readonly Dataset[] | undefined;
}

/** Which rows pass. */
export interface Passing {
  /** ` and …`, to stand behind the rows' `where`. */
  readonly condition: Sql;
  /** Whether rows of other datasets have a say in it. */
  readonly isJoined: boolean;
}

/**
 * Filter and expression, over the rows that what was looked up in `related` makes. Relations that lead on to many rows
 * make no more of them here: a row passes, once, where one of its related rows meets the condition, or nulls do where
 * it has none.
 */
export function passing(asked: Asked, dataset: Dataset, scope: Scope, related: RelatedColumns): Passing {
  const { workspaceId, datasets = [] } = scope;
  const own = relatedColumns(dataset, datasets, workspaceId);
  const condition = conditionSql(asked, own.columnOf);
  const isJoined = own.isJoined();
  if (isPartOf(own.manyPath(), related.manyPath())) {
    return { condition: conditionSql(asked, related.columnOf), isJoined };
  }
  const known = related.furtherKeys();
  const shared = [...own.furtherKeys()].filter(([path]) => known.has(path)).flatMap(([, key]) => key);
  // Within the brackets it is the same name of other rows.
  const row = nameOf([...rowKey({ ...dataset, key: [] }), ...shared]);
  const found = sql`select ${row} ${liveRowsSql(dataset, workspaceId, own.joins())}${condition}`;
  return { condition: sql` and ${row} in (${found})`, isJoined };
}

function conditionSql({ filter, expression }: Asked, columnOf: ColumnLookup): Sql {
  const conditions = [
    ...(filter ? [filterSql(filter, columnOf)] : []),
    ...(expression === undefined ? [] : [expressionSql(expression, columnOf)]),
  ];
  return sql.join(
    conditions.map((condition) => sql` and ${condition}`),
    sql``,
  );
}

/** Whether each row has one value of what lies on `path`, where it has become one of `many`. */
function isPartOf(path: string, many: string): boolean {
  return path === '' || `${many}.`.startsWith(`${path}.`);
}

/** In one value, of which null is equal to null. */
function nameOf(key: readonly Sql[]): Sql {
  return sql`array[${sql.join(key.map((value) => sql`cast(${value} as text) collate "C"`))}]`;
}
