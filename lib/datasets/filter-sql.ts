import { type RawBuilder, sql } from 'kysely';
import type { ColumnType } from '#lib/core/columns.ts';
import { comparableOf, postgresTypes } from './cells.ts';
import type { Condition, Filter, Scalar } from './filter.ts';
import { dayAfter, filterText, isDay, misfit } from './filter-values.ts';
import { type ColumnLookup, type FoundColumn, refuse } from './lookup.ts';
import { operatorsOf } from './operators.ts';
import { type Period, spanOf } from './period.ts';
import { periodBounds } from './period-sql.ts';
import { Refusal } from './refusal.ts';
import { postgresPattern } from './regular-expression.ts';
import { isClockUnit } from './time-units.ts';

type Sql = RawBuilder<unknown>;

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

function conditionSql(condition: Condition, found: FoundColumn, path: string): Sql {
  const { op, value, zone } = condition;
  const { name, type } = found.column;
  if (!operatorsOf[type].includes(op) || (type === 'json' && op !== 'isNull')) {
    refuse(`${path}.op`, `"${op}" does not work on the column "${name}", whose type is ${type}`);
  }
  if (zone !== undefined && type !== 'timestamp' && op !== 'during') {
    refuse(`${path}.zone`, `the column "${name}" is ${type}, and only times are of a zone: leave it out`);
  }
  if (op === 'isNull' || type === 'json') {
    return sql`${found.value} is ${value === false ? sql`not null` : sql`null`}`;
  }
  const cell = comparableOf(found.value, type);
  if (op === 'during') return duringSql(cell, condition, found, path);
  if (op === 'matches') return matchesSql(cell, value as string, `${path}.value`);
  const stretch = stretchReader(found, zone, `${path}.value`);
  if (op === 'between')
    return betweenSql(
      cell,
      (value as Ends).map((end) => (end === null ? null : stretch(end))),
    );
  const stretches = [value as Scalar | readonly Scalar[]].flat().map(stretch);
  if (op === 'in') return inSql(cell, stretches);
  return comparisons[op](cell, stretches[0] as Stretch);
}

type Ends = readonly (Scalar | null)[];

/** What a value stands for: itself, or of a day among times all moments from its first to before the next day's. */
interface Stretch {
  readonly from: Sql;
  readonly before?: Sql;
}

function stretchReader({ column: { name, type } }: FoundColumn, zone: string | undefined, path: string) {
  const comparable = type as Exclude<ColumnType, 'json'>;
  const cast = (text: string) => sql`cast(${text} as ${sql.raw(postgresTypes[type])})`;
  return (value: Scalar): Stretch => {
    const text =
      filterText(value, comparable, zone) ?? refuse(path, `the value for "${name}" ${misfit(comparable)}`);
    if (type !== 'timestamp' || !isDay(value)) return { from: cast(text) };
    return { from: cast(text), before: cast(dayAfter(value, zone) ?? 'infinity') };
  };
}

type Comparison = (cell: Sql, value: Stretch) => Sql;
const byText =
  (test: (cell: Sql, text: Sql) => Sql): Comparison =>
  (cell, { from }) =>
    test(cell, from);

const comparisons = {
  eq: (cell, { from, before }) =>
    before ? sql`(${cell} >= ${from} and ${cell} < ${before})` : sql`${cell} = ${from}`,
  ne: (cell, { from, before }) =>
    before ? sql`(${cell} < ${from} or ${cell} >= ${before})` : sql`${cell} <> ${from}`,
  lt: (cell, { from }) => sql`${cell} < ${from}`,
  lte: (cell, { from, before }) => (before ? sql`${cell} < ${before}` : sql`${cell} <= ${from}`),
  gt: (cell, { from, before }) => (before ? sql`${cell} >= ${before}` : sql`${cell} > ${from}`),
  gte: (cell, { from }) => sql`${cell} >= ${from}`,
  contains: byText((cell, text) => sql`strpos(${cell}, ${text}) > 0`),
  startsWith: byText((cell, text) => sql`starts_with(${cell}, ${text})`),
  endsWith: byText((cell, text) => sql`right(${cell}, length(${text})) = ${text}`),
} as const satisfies Record<string, Comparison>;

function inSql(cell: Sql, stretches: readonly Stretch[]): Sql {
  if (stretches.every(({ before }) => before === undefined)) {
    return sql`${cell} in (${sql.join(stretches.map(({ from }) => from))})`;
  }
  return sql`(${sql.join(
    stretches.map((stretch) => comparisons.eq(cell, stretch)),
    sql` or `,
  )})`;
}

/** Both ends are in; one that is null is open. */
function betweenSql(cell: Sql, [from, to]: readonly (Stretch | null)[]): Sql {
  const bounds = [from && comparisons.gte(cell, from), to && comparisons.lte(cell, to)];
  return sql`(${sql.join(
    bounds.filter((bound) => bound !== null && bound !== undefined),
    sql` and `,
  )})`;
}

function duringSql(
  cell: Sql,
  { value, zone = 'UTC' }: Condition,
  { column }: FoundColumn,
  path: string,
): Sql {
  const period = value as Period;
  const { unit } = spanOf(period);
  if (column.type === 'date' && isClockUnit(unit)) {
    refuse(`${path}.value`, `the column "${column.name}" holds dates, which have no ${unit}s`);
  }
  const { from, before } = periodBounds(period, zone, column.type === 'date');
  return sql`(${cell} >= ${from} and ${cell} < ${before})`;
}

function matchesSql(cell: Sql, text: string, path: string): Sql {
  const pattern = postgresPattern(text);
  if (pattern instanceof Refusal) refuse(path, `the regular expression ${pattern.reason}`);
  return sql`${cell} ~ cast(${pattern} as text)`;
}
