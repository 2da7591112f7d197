import type { Formats } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';

/** Whole numbers that name something are written as they are: `2024` is no 2,024. */
const naming = /(^|_)(id|no|nr|code|zip|year|number)$/i;

/** Whether a column's numbers are names of things and not amounts. */
export function isNaming({ name, type }: Column, key: readonly string[]): boolean {
  return key.includes(name) || (type === 'integer' && naming.test(name));
}

/** A value that is not null, for a cell of one line. */
export function cellText(value: unknown, { type }: Column, formats: Formats, isVerbatim: boolean): string {
  if (type === 'json') return JSON.stringify(value);
  if (type === 'boolean') return value === true ? 'Yes' : 'No';
  const text = String(value);
  if (type === 'text' || isVerbatim) return text;
  try {
    if (type === 'date') return formats.date(text);
    return type === 'timestamp' ? formats.dateTime(text) : formats.number(text);
  } catch {
    // `infinity` is a time to Postgres and none to a calendar.
    return text;
  }
}

/** All of a value that is not null: a time to the second with its zone, JSON line by line. */
export function wholeText(value: unknown, column: Column, formats: Formats, isVerbatim: boolean): string {
  if (column.type === 'json') return JSON.stringify(value, null, 2);
  const exact = { ...formats, dateTime: formats.exactDateTime };
  return cellText(value, column, exact, isVerbatim);
}
