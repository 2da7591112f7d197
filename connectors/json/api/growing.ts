import { valueAt } from '#connectors/json/beside.ts';
import type { Incremental } from '#connectors/json/incremental-definition.ts';
import { durationMs, isoOf, momentOf, stepMs, written } from '#connectors/json/moment.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Standing } from './standing.ts';

type Values = Readonly<Record<string, unknown>>;

/** Where the next incremental pass begins: the largest value of the column that a pass has seen. */
export interface Bookmark {
  readonly column: string;
  readonly type: Incremental['type'];
  /** A time in ISO 8601, a date, digits, or the text itself. */
  readonly value: string;
  /** Where the pass began, if that is to be read once more. */
  readonly again?: string;
}

/** A longer text is no cursor, and would make every cursor long. */
const MAX_TEXT_CHARS = 200;

interface Kind {
  /** The value as a bookmark holds it; undefined for what is none. */
  read(value: unknown): string | undefined;
  isAfter(value: string, other: string): boolean;
}

const byText = (value: string, other: string) => value > other;

const kinds: Readonly<Record<Incremental['type'], Kind>> = {
  timestamp: { read: timeOf, isAfter: byText },
  date: { read: (value) => timeOf(value)?.slice(0, 10), isAfter: byText },
  integer: { read: integerOf, isAfter: (value, other) => BigInt(value) > BigInt(other) },
  text: { read: textOf, isAfter: byText },
};

/** The largest value of the column among the rows and what was the largest before; values that are none do not count. */
export function largestIn(
  { type, column }: Incremental,
  rows: readonly Values[],
  before: string | undefined,
): string | undefined {
  const { read, isAfter } = kinds[type];
  let largest = before;
  for (const row of rows) {
    const value = read(valueAt(row, column));
    if (value !== undefined && (largest === undefined || isAfter(value, largest))) largest = value;
  }
  return largest;
}

/**
 * The bookmark of a pass: the largest value seen, but no time after the pass began, since what changed later may
 * have been passed by, and never before `since`. Undefined where there is no value at all.
 */
export function bookmarkAfter(
  { type, column }: Incremental,
  { largest, began, counted }: Pick<Standing, 'largest' | 'began' | 'counted'>,
  since: Bookmark | null,
): Bookmark | undefined {
  const { isAfter } = kinds[type];
  const latest = type === 'timestamp' ? began : type === 'date' ? began.slice(0, 10) : undefined;
  const seen = largest !== undefined && latest !== undefined && isAfter(largest, latest) ? latest : largest;
  const value = seen === undefined || (since && isAfter(since.value, seen)) ? since?.value : seen;
  if (value === undefined) return undefined;
  // Of pages that are counted a row may have been passed over: the next pass looks there again.
  return { column, type, value, ...(since && counted && value !== since.value && { again: since.value }) };
}

/** The error for rows none of which has a value in the column. */
export function columnMissing({ column, type }: Incremental): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    `None of the first rows has a ${type === 'text' ? 'text' : type} in "${column}", by which a sync is to know what has changed. Check the field under What has changed.`,
    { fields: { 'config.incremental.column': 'is in none of the first rows' } },
  );
}

/** The bookmark, where it belongs to this column; throws `bookmark_expired` where it does not. */
export function requireOwn(since: unknown, { type, column }: Incremental): Bookmark {
  const own = since as Partial<Bookmark>;
  const { read } = kinds[type];
  const value = own.column === column && own.type === type ? read(own.value) : undefined;
  const again = read(own.again);
  if (value !== undefined) return { column, type, value, ...(again !== undefined && { again }) };
  throw new EntrepotError(
    'bookmark_expired',
    'The last sync went by something else than the field that says what is newer: all rows are read again.',
  );
}

/** The moment from which an incremental pass reads, reaching back; in milliseconds since 1970. */
export function reachBack(
  incremental: Incremental & { type: 'timestamp' | 'date' },
  { value, again = value }: Bookmark,
): number {
  const { lookback } = incremental;
  const step = stepMs(incremental.type === 'date' ? 'date' : incremental.format);
  return (momentOf(again) ?? 0) - Math.max(lookback ? durationMs(lookback) : 0, step);
}

/**
 * What the parameter is given, so that no row with the bookmark's own value is missed: at least one step before
 * it, and as far back as is wished. A text cannot be stepped back from: it is given as it is.
 */
export function askedFrom(incremental: Incremental, since: Bookmark): string {
  const from = since.again ?? since.value;
  switch (incremental.type) {
    case 'timestamp':
      return written(reachBack(incremental, since), incremental.format);
    case 'date':
      return written(reachBack(incremental, since), 'date');
    case 'integer':
      return String(BigInt(from) - BigInt(incremental.lookback ?? 1));
    case 'text':
      return from;
  }
}

function timeOf(value: unknown): string | undefined {
  const ms = momentOf(value);
  return ms === undefined ? undefined : isoOf(ms);
}

function integerOf(value: unknown): string | undefined {
  const text = JSON.isRawJSON(value) ? value.rawJSON : String(value);
  const isNumber = typeof value === 'number' || typeof value === 'string' || JSON.isRawJSON(value);
  return isNumber && /^-?\d{1,100}$/.test(text) ? text : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT_CHARS ? value : undefined;
}
