import fc from 'fast-check';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { columns, type Row, zones } from './columns.ts';
import { expressions } from './expressions.ts';
import { filterOver } from './filters.ts';

export interface Key {
  readonly field: string;
  readonly bucket?: { readonly unit: string; readonly zone?: string; readonly weekStart?: string };
}
export interface Aggregate {
  readonly function: string;
  readonly field?: string;
  readonly percentile?: number;
}
export interface Sort {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** A definition as an export has it, and what its expression makes of a row. */
export interface Asked {
  readonly definition: {
    readonly columns?: readonly { readonly source: string }[];
    readonly filter?: Filter;
    readonly expression?: string;
    readonly groupBy?: readonly Key[];
    readonly aggregates?: readonly Aggregate[];
    readonly having?: Filter;
    readonly sort: readonly Sort[];
    readonly limit?: number;
  };
  readonly holds: (row: Row) => boolean | null;
}

const typeOf = new Map(columns.map(({ name, type }) => [name, type]));

/** What a key and an aggregate give, under the names that the definition calls them by. */
export function outputsOf(groupBy: readonly Key[], aggregates: readonly Aggregate[]): Column[] {
  const keys = groupBy.map(({ field, bucket }): Column => {
    const type = typeOf.get(field) as ColumnType;
    if (!bucket) return { name: field, type };
    const isClock = bucket.unit === 'minute' || bucket.unit === 'hour';
    return { name: `${field}_${bucket.unit}`, type: isClock ? type : 'date' };
  });
  const values = aggregates.map(({ function: name, field, percentile = 0 }): Column => {
    const words = { percentile: `p${percentile * 100}`, countDistinct: 'count_distinct' };
    const word = words[name as 'percentile'] ?? name;
    const type = name.startsWith('count') ? 'integer' : (typeOf.get(field ?? '') as ColumnType);
    const isNumber = name === 'sum' || name === 'avg' || name === 'percentile';
    return { name: field === undefined ? word : `${word}_${field}`, type: isNumber ? 'decimal' : type };
  });
  return [...keys, ...values];
}

const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom(...columns.filter(({ type }) => type !== 'json')).map(({ name }) => ({ field: name })),
  fc
    .tuple(
      fc.constantFrom('day', 'at'),
      fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'),
      fc.constantFrom(...zones),
      fc.constantFrom('monday', 'sunday'),
    )
    .filter(([field, unit]) => field === 'at' || (unit !== 'minute' && unit !== 'hour'))
    .map(([field, unit, zone, weekStart]) => ({
      field,
      bucket: { unit, ...(field === 'at' && { zone }), ...(unit === 'week' && { weekStart }) },
    })),
);

const ofColumns = (functions: readonly string[], types: readonly ColumnType[]) =>
  fc
    .tuple(
      fc.constantFrom(...functions),
      fc.constantFrom(...columns.filter(({ type }) => types.includes(type))),
    )
    .map(([name, { name: field }]) => ({ function: name, field }));
const aggregate: fc.Arbitrary<Aggregate> = fc.oneof(
  fc.constant({ function: 'count' }),
  ofColumns(['count'], ['text', 'integer', 'decimal', 'boolean', 'date', 'timestamp', 'json']),
  ofColumns(['countDistinct'], ['text', 'integer', 'decimal', 'boolean', 'date', 'timestamp']),
  ofColumns(['min', 'max'], ['text', 'integer', 'decimal', 'date', 'timestamp']),
  ofColumns(['sum', 'avg'], ['integer', 'decimal']),
  fc
    .tuple(ofColumns(['percentile'], ['integer', 'decimal']), fc.constantFrom(0, 0.25, 0.5, 0.95, 1))
    .map(([one, percentile]) => ({ ...one, percentile })),
);

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const common = fc.record({
  filter: optional(filterOver(columns)),
  expression: optional(expressions),
  limit: optional(fc.integer({ min: 1, max: 60 })),
});

function sortOver(sortable: readonly Column[]): fc.Arbitrary<Sort[]> {
  if (sortable.length === 0) return fc.constant([]);
  const direction = fc.constantFrom('asc' as const, 'desc' as const);
  const field = fc.constantFrom(...sortable.map(({ name }) => name));
  return fc.uniqueArray(fc.record({ field, direction }), { maxLength: 2, selector: ({ field }) => field });
}

const ofRows = fc.record({
  columns: optional(
    fc.subarray(
      columns.map(({ name }) => ({ source: name })),
      { minLength: 1 },
    ),
  ),
  sort: sortOver(columns.filter(({ type }) => type !== 'json')),
});

const ofGroups = fc
  .tuple(fc.array(key, { maxLength: 2 }), fc.array(aggregate, { minLength: 1, maxLength: 3 }))
  .filter(([keys, aggregates]) => isEachOnce(outputsOf(keys, aggregates)))
  .chain(([groupBy, aggregates]) => {
    // An average is not exact, and may be beside what it is compared with.
    const exact = outputsOf(groupBy, aggregates).filter(({ name }) => !name.startsWith('avg_'));
    return fc.record({
      groupBy: fc.constant(groupBy.length === 0 ? undefined : groupBy),
      aggregates: fc.constant(aggregates),
      having: exact.length === 0 ? fc.constant(undefined) : optional(filterOver(exact)),
      sort: sortOver(exact),
    });
  });

function isEachOnce(outputs: readonly Column[]): boolean {
  return new Set(outputs.map(({ name }) => name)).size === outputs.length;
}

/** Any definition over the columns. */
export const definitions: fc.Arbitrary<Asked> = fc
  .tuple(common, fc.oneof(ofRows, ofGroups))
  .map(([{ expression, ...shared }, shape]) => ({
    definition: JSON.parse(JSON.stringify({ ...shared, ...shape, expression: expression?.text })),
    holds: expression?.of ?? (() => true),
  }));
