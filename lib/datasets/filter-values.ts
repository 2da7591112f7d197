import type { ColumnType } from '#lib/core/columns.ts';
import { coercion } from './coerce.ts';
import { dateCell, zonedTimestampCell } from './times.ts';

type Comparable = Exclude<ColumnType, 'json'>;

/** What a filter's value must be, by the type of its column. */
const accepted: Record<Comparable, { readonly types: readonly string[]; readonly is: string }> = {
  text: { types: ['string'], is: 'a text' },
  integer: { types: ['number', 'string'], is: 'a whole number (past 2^53 as a string)' },
  decimal: { types: ['number', 'string'], is: 'a number, or a string that holds one' },
  boolean: { types: ['boolean'], is: 'true or false' },
  date: { types: ['string'], is: 'a date like 2026-01-31' },
  timestamp: { types: ['string'], is: 'a time like 2026-01-31T08:00:00Z, or a day like 2026-01-31' },
};

/**
 * A filter's value as the `CellText` of its column's type, or undefined where it does not fit. A time without an
 * offset is that of the zone's clocks.
 */
export function filterText(value: unknown, type: Comparable, zone = 'UTC'): string | undefined {
  if (!accepted[type].types.includes(typeof value)) return undefined;
  const isLocal = type === 'timestamp' && zone !== 'UTC' && value !== '';
  const cell = isLocal ? zonedTimestampCell(zone)(value as string) : coercion(type)(value);
  return typeof cell === 'string' ? cell : undefined;
}

/** Why `filterText` took a value not: what it must be. */
export function misfit(type: Comparable): string {
  return `must be ${accepted[type].is}, because the column's type is ${type}`;
}

/** Whether a value for a column of times is a day, which stands for all of its moments. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && typeof dateCell(value) === 'string';
}

const DAY_MS = 86_400_000;

/** The first moment after a day by the clocks of a zone, as `CellText`; undefined past the last day that there is. */
export function dayAfter(day: string, zone = 'UTC'): string | undefined {
  return filterText(new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10), 'timestamp', zone);
}
