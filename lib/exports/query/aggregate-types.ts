import type { ColumnType } from '#lib/core/columns.ts';
import type { AggregateFunction } from '#lib/exports/query/aggregate-schema.ts';

const numbers: readonly ColumnType[] = ['integer', 'decimal'];
const ordered: readonly ColumnType[] = [...numbers, 'text', 'date', 'timestamp'];

/** Of which types of columns each is computed. */
export const aggregateTakes: Readonly<Record<AggregateFunction, readonly ColumnType[]>> = {
  count: [...ordered, 'boolean', 'json'],
  countDistinct: [...ordered, 'boolean'],
  sum: numbers,
  avg: numbers,
  percentile: numbers,
  min: ordered,
  max: ordered,
};

/** What it gives of a column of that type; a sum of integers may be past what an integer holds. */
export function aggregateType(name: AggregateFunction, type: ColumnType): ColumnType {
  if (name === 'count' || name === 'countDistinct') return 'integer';
  return name === 'min' || name === 'max' ? type : 'decimal';
}
