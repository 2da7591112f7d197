import { type RawBuilder, sql } from 'kysely';
import type { ColumnType } from '#lib/core/columns.ts';
import { comparableOf } from '#lib/datasets/cells.ts';
import { type ColumnLookup, type FoundColumn, refuse } from '#lib/datasets/lookup.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import { aggregateTakes, aggregateType } from '#lib/exports/query/aggregate-types.ts';

type Sql = RawBuilder<unknown>;

/** An aggregate's value; over those rows alone that meet `condition`, where there is one. */
export function aggregated(
  aggregate: Aggregate,
  columnOf: ColumnLookup,
  path: string,
  condition?: Sql,
): { readonly type: ColumnType; readonly value: Sql } {
  const { function: name, field } = aggregate;
  if (field === undefined) return { type: 'integer', value: sql`count(*)${filtered(condition)}` };
  const found = columnOf(field, `${path}.field`);
  const { type } = found.column;
  if (!aggregateTakes[name].includes(type)) {
    refuse(`${path}.function`, `"${name}" is not computed of "${field}", whose type is ${type}`);
  }
  return { type: aggregateType(name, type), value: overColumn(aggregate, found, condition) };
}

function filtered(condition: Sql | undefined): Sql {
  return condition ? sql` filter (where ${condition})` : sql``;
}

/** Of decimals that differ in their last noughts alone, the same one each time. */
function overColumn(
  { function: name, percentile }: Aggregate,
  { column, value }: FoundColumn,
  condition?: Sql,
): Sql {
  const only = filtered(condition);
  const trimmed = (result: Sql) => (column.type === 'decimal' ? sql`trim_scale(${result})` : result);
  switch (name) {
    case 'count':
      return sql`count(${value})${only}`;
    case 'countDistinct':
      return sql`count(distinct ${value})${only}`;
    case 'sum':
      return sql`sum(${value})${only}`;
    case 'avg':
      return sql`trim_scale(avg(${value})${only})`;
    case 'percentile': {
      const known = sql`${value} is not null${condition ? sql` and ${condition}` : sql``}`;
      const sorted = sql`array_agg(cast(${value} as numeric) order by ${value}) filter (where ${known})`;
      return sql`private.percentile(${sorted}, cast(${String(percentile)} as numeric))`;
    }
    case 'min':
    case 'max':
      return trimmed(sql`${sql.raw(name)}(${comparableOf(value, column.type)})${only}`);
  }
}
