import { localTimeReader } from '#lib/core/time-zone.ts';
import { Refusal } from './refusal.ts';
import { refusedText } from './scalar.ts';

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const isoTimestamp =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)? ?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

const MICROSECOND_DIGITS = 6;
const MINUTES_A_DAY = 1_440;
/** Postgres takes offsets of less than 16 hours. */
const MAX_OFFSET_MINUTES = 16 * 60 - 1;

/** A real calendar day of the years 0001 to 9999, as `YYYY-MM-DD`. */
export function dateCell(text: string): string | Refusal {
  if (isoDate.test(text)) return isRealDay(text) ? text : refusedText(text, 'is no day of the calendar');
  if (isoTimestamp.test(text)) return refusedText(text, 'has a time of day: add the transform "date"');
  return refusedText(text, notATime(text, 'an ISO 8601 date (2026-01-31) of the years 0001 to 9999'));
}

/**
 * As `timestampCell`, but that a time without an offset is that of a zone's clocks, as `localTimeReader` reads
 * them.
 */
export function zonedTimestampCell(zone: string): (text: string) => string | Refusal {
  const instantOf = localTimeReader(zone);
  return (text) => {
    const cell = timestampCell(text);
    if (cell instanceof Refusal || isoTimestamp.exec(text)?.[6] !== undefined) return cell;
    const instant = new Date(instantOf(Date.parse(`${cell.slice(0, 19)}Z`)));
    const year = instant.getUTCFullYear();
    if (year < 1 || year > 9999) return refusedText(text, 'is outside of the years 0001 to 9999 in UTC');
    return instant.toISOString().slice(0, 19) + cell.slice(19);
  };
}

/**
 * An instant, as ISO 8601 in UTC with `Z` and the fraction digits that are not zero. Without an offset the
 * time is taken as UTC, without a time as midnight; digits past the microsecond are dropped.
 */
export function timestampCell(text: string): string | Refusal {
  const match = isoTimestamp.exec(text);
  if (!match)
    return refusedText(
      text,
      notATime(text, 'an ISO 8601 time (2026-01-31T13:45:00Z) of the years 0001 to 9999'),
    );
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  if (!isRealDay(day)) return refusedText(text, 'is no day of the calendar');
  if (hour > '23' || minute > '59' || second > '59') return refusedText(text, 'is no time of the day');
  const offset = offsetMinutes(zone);
  if (Math.abs(offset) > MAX_OFFSET_MINUTES) return refusedText(text, 'has no offset that exists');
  const rest = `:${second}${shortFraction(fraction)}Z`;
  if (offset === 0) return `${day}T${hour}:${minute}${rest}`;
  const shifted = shift(day, Number(hour) * 60 + Number(minute) - offset);
  return shifted === undefined
    ? refusedText(text, 'is outside of the years 0001 to 9999 in UTC')
    : shifted + rest;
}

function isRealDay(day: string): boolean {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const date = Number(day.slice(8));
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3) || 0);
  return digits.startsWith('-') ? -minutes : minutes;
}

/** Day and time of `day` plus so many minutes; undefined outside of the years 0001 to 9999. */
function shift(day: string, minutes: number): string | undefined {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + Math.floor(minutes / MINUTES_A_DAY));
  const year = moved.getUTCFullYear();
  if (year < 1 || year > 9999) return undefined;
  const ofDay = ((minutes % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  return `${moved.toISOString().slice(0, 10)}T${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function shortFraction(digits: string): string {
  const kept = digits.slice(0, MICROSECOND_DIGITS).replace(/0+$/, '');
  return kept === '' ? '' : `.${kept}`;
}

function notATime(text: string, expected: string): string {
  if (/^[+-]?infinity$/i.test(text)) return 'is not a moment: infinity is not taken';
  return `is not ${expected}: a transform "date" or "timestamp" with its format reads other notations`;
}
