import { type RawBuilder, sql } from 'kysely';
import { comparableOf, postgresTypes } from './cells.ts';
import type { Condition, Filter } from './filter.ts';
import { filterText, misfit } from './filter-values.ts';
import { type ColumnLookup, type FoundColumn, refuse } from './lookup.ts';
import { type Operator, operatorsOf } from './operators.ts';

type Sql = RawBuilder<unknown>;
type Comparison = Exclude<Operator, 'isNull' | 'in'>;

/**
 * The filter as a condition in SQL's three values. Throws `invalid`, with the path of the condition, where a
 * column is gone, an operator has no meaning for its type or a value does not fit it.
 */
export function filterSql(filter: Filter, columnOf: ColumnLookup, path = 'filter'): Sql {
  if ('and' in filter) return joined(filter.and, sql` and `, columnOf, `${path}.and`);
  if ('or' in filter) return joined(filter.or, sql` or `, columnOf, `${path}.or`);
  if ('not' in filter) return sql`not (${filterSql(filter.not, columnOf, `${path}.not`)})`;
  return conditionSql(filter, columnOf(filter.field, `${path}.field`), path);
}

function joined(filters: readonly Filter[], operator: Sql, columnOf: ColumnLookup, path: string): Sql {
  const parts = filters.map((filter, index) => filterSql(filter, columnOf, `${path}.${index}`));
  return sql`(${sql.join(parts, operator)})`;
}

function conditionSql({ op, value }: Condition, { column, value: cell }: FoundColumn, path: string): Sql {
  if (op === 'isNull') {
    return sql`${cell} is ${value === false ? sql`not null` : sql`null`}`;
  }
  const { type } = column;
  if (type === 'json' || !operatorsOf[type].includes(op)) {
    refuse(`${path}.op`, `"${op}" does not work on the column "${column.name}", whose type is ${type}`);
  }
  const bound = (one: unknown) => {
    const text =
      filterText(one, type) ?? refuse(`${path}.value`, `the value for "${column.name}" ${misfit(type)}`);
    return sql`cast(${text} as ${sql.raw(postgresTypes[type])})`;
  };
  const compared = comparableOf(cell, type);
  if (op === 'in') return sql`${compared} in (${sql.join([value].flat().map(bound))})`;
  return comparisons[op](compared, bound(value));
}

const comparisons: Record<Comparison, (column: Sql, value: Sql) => Sql> = {
  eq: (column, value) => sql`${column} = ${value}`,
  ne: (column, value) => sql`${column} <> ${value}`,
  lt: (column, value) => sql`${column} < ${value}`,
  lte: (column, value) => sql`${column} <= ${value}`,
  gt: (column, value) => sql`${column} > ${value}`,
  gte: (column, value) => sql`${column} >= ${value}`,
  contains: (column, value) => sql`strpos(${column}, ${value}) > 0`,
  startsWith: (column, value) => sql`starts_with(${column}, ${value})`,
  endsWith: (column, value) => sql`right(${column}, length(${value})) = ${value}`,
};
