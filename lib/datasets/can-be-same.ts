import type { ColumnType } from '#lib/core/columns.ts';

/** Whether values of the two types can be the same, so that a relation can go by them. Safe for the browser. */
export function canBeSame(one: ColumnType, other: ColumnType): boolean {
  const areNumbers = [one, other].every((type) => type === 'integer' || type === 'decimal');
  return one !== 'json' && (one === other || areNumbers);
}
