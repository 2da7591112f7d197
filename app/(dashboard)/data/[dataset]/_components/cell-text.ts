import type { Formats } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';

/** Whole numbers that name something are written as they are: `2024` is no 2,024. */
const naming = /(^|_)(id|no|nr|code|zip|year|number)$/i;

/** Whether a column's numbers are names of things and not amounts. */
export function isNaming({ name, type }: Column, key: readonly string[]): boolean {
  return key.includes(name) || (type === 'integer' && naming.test(name));
}

/** A value that is not null, in one line or as many as it has, for the person who looks. */
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

export function isNumeric({ type }: Column): boolean {
  return type === 'integer' || type === 'decimal';
}

const widths = {
  text: 220,
  integer: 130,
  decimal: 140,
  boolean: 110,
  date: 140,
  timestamp: 200,
  json: 240,
} as const;
const LETTER_WIDTH = 9;
const HEAD_EXTRAS = 56;

/** How wide a column is, in pixels: as its type needs, and as its head. */
export function widthOf({ name, label = name, type }: Column): number {
  return Math.max(widths[type], Math.min(label.length * LETTER_WIDTH + HEAD_EXTRAS, 320));
}
