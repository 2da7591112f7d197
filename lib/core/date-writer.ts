import { type DateToken, patternPieces } from './date-pattern.ts';
import { offsetReader } from './time-zone.ts';

/** How a time is written. */
export interface DateNotation {
  /** Of `YYYY YY MMMM MMM MM M DD D HH H hh h mm m ss s SSS A Z`; ISO 8601 where absent. */
  readonly pattern?: string | undefined;
  /** Whose clocks show the time; UTC where absent. */
  readonly zone?: string | undefined;
  /** Names the months, and the halves of a day; English where absent. */
  readonly locale?: string | undefined;
}

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits, as many as are not zero. */
  readonly fraction: string;
  /** `+01:00`. */
  readonly offset: string;
}

const form = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z)?$/;

/**
 * Writes `CellText` of dates and timestamps by a pattern; what is no day of the years 0001 to 9999 (`infinity`) stays
 * as it is. A date is the same day in every zone. Fractions are cut, not rounded, to the digits of the pattern.
 */
export function dateWriter({
  pattern,
  zone = 'UTC',
  locale = 'en-US',
}: DateNotation): (cell: string) => string {
  const write = pattern === undefined ? isoText : patternText(pattern, locale);
  const clockOf = clockReader(zone);
  return (cell) => {
    const match = form.exec(cell);
    return match ? write(clockOf(match), match[4] === undefined) : cell;
  };
}

function clockReader(zone: string): (match: RegExpExecArray) => Clock {
  const offsetAt = zone === 'UTC' ? undefined : offsetReader(zone);
  return (match) => {
    const fraction = match[7] ?? '';
    if (!offsetAt || match[4] === undefined) return { ...numbersOf(match), fraction, offset: '+00:00' };
    const instant = Date.parse(`${match[0].slice(0, 19)}Z`);
    const ahead = offsetAt(instant);
    const local = new Date(instant + ahead);
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      fraction,
      offset: offsetText(ahead),
    };
  };
}

function numbersOf(match: RegExpExecArray): Omit<Clock, 'fraction' | 'offset'> {
  const [, year, month, day, hour = 0, minute = 0, second = 0] = match.map(Number) as (number | undefined)[];
  return {
    year: year as number,
    month: month as number,
    day: day as number,
    hour: hour || 0,
    minute: minute || 0,
    second: second || 0,
  };
}

/** Zones of before the railways were off by seconds. */
function offsetText(ahead: number): string {
  const seconds = Math.abs(ahead) / 1_000;
  const parts = [seconds / 3_600, (seconds / 60) % 60, ...(seconds % 60 === 0 ? [] : [seconds % 60])];
  return `${ahead < 0 ? '-' : '+'}${parts.map((part) => two(Math.floor(part))).join(':')}`;
}

function isoText(
  { year, month, day, hour, minute, second, fraction, offset }: Clock,
  isDay: boolean,
): string {
  const date = `${four(year)}-${two(month)}-${two(day)}`;
  if (isDay) return date;
  const digits = fraction === '' ? '' : `.${fraction}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${digits}${offset === '+00:00' ? 'Z' : offset}`;
}

function patternText(pattern: string, locale: string): (clock: Clock) => string {
  const pieces = patternPieces(pattern);
  const names = namesIn(locale);
  return (clock) => {
    let text = '';
    for (const piece of pieces) text += piece.token ? tokenText(piece.token, clock, names) : piece.text;
    return text;
  };
}

function tokenText(token: DateToken, clock: Clock, names: Names): string {
  switch (token) {
    case 'YYYY':
      return four(clock.year);
    case 'YY':
      return two(clock.year % 100);
    case 'MMMM':
      return names.months[clock.month - 1] ?? '';
    case 'MMM':
      return names.shortMonths[clock.month - 1] ?? '';
    case 'MM':
      return two(clock.month);
    case 'M':
      return String(clock.month);
    case 'DD':
      return two(clock.day);
    case 'D':
      return String(clock.day);
    case 'HH':
      return two(clock.hour);
    case 'H':
      return String(clock.hour);
    case 'hh':
      return two(clock.hour % 12 || 12);
    case 'h':
      return String(clock.hour % 12 || 12);
    case 'mm':
      return two(clock.minute);
    case 'm':
      return String(clock.minute);
    case 'ss':
      return two(clock.second);
    case 's':
      return String(clock.second);
    case 'SSS':
      return clock.fraction.slice(0, 3).padEnd(3, '0');
    case 'A':
      return clock.hour < 12 ? names.am : names.pm;
    case 'Z':
      return clock.offset;
  }
}

interface Names {
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  readonly am: string;
  readonly pm: string;
}

function namesIn(locale: string): Names {
  const half = (hour: number) =>
    partOf(locale, { hour: 'numeric', hour12: true }, Date.UTC(2000, 0, 1, hour), 'dayPeriod');
  return {
    months: monthNames(locale, 'long'),
    shortMonths: monthNames(locale, 'short'),
    am: half(1) || 'AM',
    pm: half(13) || 'PM',
  };
}

/** As a date names them, which in many languages is another case than that of the month alone. */
function monthNames(locale: string, month: 'long' | 'short'): string[] {
  return Array.from({ length: 12 }, (_, place) =>
    partOf(locale, { month, day: 'numeric' }, Date.UTC(2000, place, 1), 'month'),
  );
}

function partOf(
  locale: string,
  options: Intl.DateTimeFormatOptions,
  time: number,
  type: Intl.DateTimeFormatPartTypes,
): string {
  const parts = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).formatToParts(time);
  return parts.find((part) => part.type === type)?.value ?? '';
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function four(value: number): string {
  return String(value).padStart(4, '0');
}
