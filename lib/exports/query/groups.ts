import { type RawBuilder, sql } from 'kysely';
import { type ColumnLookup, type FoundColumn, refuse } from '#lib/datasets/lookup.ts';
import { aggregated } from '#lib/exports/query/aggregate.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import { bucketed } from '#lib/exports/query/bucket.ts';
import type { Output } from '#lib/exports/query/columns.ts';
import { requireOneCurrency } from '#lib/exports/query/currency.ts';
import type { GroupKey } from '#lib/exports/query/group-schema.ts';
import { outputNames } from '#lib/exports/query/output-names.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/** What a query that groups gives: the values that make a group, and what is computed of its rows. */
export interface Grouping {
  readonly keys: readonly Output[];
  readonly values: readonly Output[];
}

/** Resolves `groupBy` and `aggregates`; throws `invalid`, naming the place. */
export function grouping(
  { groupBy = [], aggregates = [], filter }: Pick<Query, 'groupBy' | 'aggregates' | 'filter'>,
  columnOf: ColumnLookup,
): Grouping {
  const names = outputNames(groupBy, aggregates);
  return {
    keys: groupKeys(groupBy, names, columnOf, 'groupBy'),
    values: aggregates.map((aggregate, place) => {
      const path = `aggregates.${place}`;
      const source = names[groupBy.length + place] ?? '';
      const key = requireOneCurrency(aggregate, { keys: groupBy, filter }, columnOf, path);
      const { type, value } = aggregated(aggregate, columnOf, path);
      const personal = tellsOfAPerson(aggregate, columnOf, path);
      const currency = key && names[groupBy.findIndex(({ field }) => field === key)];
      const more = { ...(personal && { personal }), ...(currency && { currency }) };
      const column = { source, header: aggregate.header ?? source, type, ...more };
      return { column, value };
    }),
  };
}

/** Whether what is computed of personal data is personal too: all but their number. */
export function tellsOfAPerson(
  { function: name, field }: Aggregate,
  columnOf: ColumnLookup,
  path: string,
): boolean {
  if (field === undefined || name === 'count' || name === 'countDistinct') return false;
  return columnOf(field, `${path}.field`).column.personal === true;
}

/** The values that make a group, as outputs of these names. */
export function groupKeys(
  keys: readonly GroupKey[],
  names: readonly string[],
  columnOf: ColumnLookup,
  path: string,
): Output[] {
  return keys.map((key, place) => {
    const { column, value } = keyValue(key, columnOf, `${path}.${place}`);
    const source = names[place] ?? '';
    const { name: _name, currency: _currency, ...rest } = column;
    return { column: { ...rest, source, header: key.header ?? source }, value };
  });
}

/** The value of a row by which it is put into its group. */
export function keyValue(
  { field, bucket }: Pick<GroupKey, 'field' | 'bucket'>,
  columnOf: ColumnLookup,
  path: string,
): FoundColumn {
  const found = columnOf(field, `${path}.field`);
  if (found.column.type === 'json') {
    refuse(`${path}.field`, `the column "${field}" is json and cannot be grouped by`);
  }
  if (bucket) return bucketed(found, bucket, `${path}.bucket`);
  // 1.5 and 1.50 are one value, which is to be written the same each time.
  return found.column.type === 'decimal' ? { ...found, value: sql`trim_scale(${found.value})` } : found;
}

/** Groups with their outputs, of which the first ones make the group. */
export interface GroupedRows {
  /** `from (…) as o`: a row for each group. */
  readonly rows: RawBuilder<unknown>;
  readonly keys: readonly Output[];
  readonly outputs: readonly Output[];
}

/** Puts the rows of `from … as r where …` together. */
export function groupedRows({ keys, values }: Grouping, rows: RawBuilder<unknown>): GroupedRows {
  const all = [...keys, ...values];
  const list = all.map(({ value }, place) => sql`${value} as ${sql.id(`c${place}`)}`);
  // By their places: a value that is bound twice would not be seen to be the same.
  const places = keys.map((_, place) => sql.lit(place + 1));
  const by = keys.length === 0 ? sql`` : sql` group by ${sql.join(places)}`;
  const outputs = all.map(({ column }, place) => ({ column, value: sql.id('o', `c${place}`) }));
  return {
    rows: sql`from (select ${sql.join(list)} ${rows}${by}) as o`,
    keys: outputs.slice(0, keys.length),
    outputs,
  };
}
