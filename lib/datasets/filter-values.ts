import type { ColumnType } from '#lib/core/columns.ts';
import { coercion } from './coerce.ts';

/** What a filter's value must be, by the type of its column. */
const accepted: Record<
  Exclude<ColumnType, 'json'>,
  { readonly types: readonly string[]; readonly is: string }
> = {
  text: { types: ['string'], is: 'a text' },
  integer: { types: ['number', 'string'], is: 'a whole number (past 2^53 as a string)' },
  decimal: { types: ['number', 'string'], is: 'a number, or a string that holds one' },
  boolean: { types: ['boolean'], is: 'true or false' },
  date: { types: ['string'], is: 'a date like 2026-01-31' },
  timestamp: { types: ['string'], is: 'a time like 2026-01-31T08:00:00Z' },
};

/** A filter's value as the `CellText` of its column's type, or undefined where it does not fit. */
export function filterText(value: unknown, type: Exclude<ColumnType, 'json'>): string | undefined {
  if (!accepted[type].types.includes(typeof value)) return undefined;
  const cell = coercion(type)(value);
  return typeof cell === 'string' ? cell : undefined;
}

/** Why `filterText` took a value not: what it must be. */
export function misfit(type: Exclude<ColumnType, 'json'>): string {
  return `must be ${accepted[type].is}, because the column's type is ${type}`;
}
