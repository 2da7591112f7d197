import { type ColumnType, isNumeric } from '#lib/core/columns.ts';

/** Whether values of the two types can be the same, so that a relation can go by them. Safe for the browser. */
export function canBeSame(one: ColumnType, other: ColumnType): boolean {
  const areNumbers = [one, other].every(isNumeric);
  return one !== 'json' && (one === other || areNumbers);
}
