import type { CellText, ColumnType } from '#lib/core/columns.ts';

/** So many places after the point are enough for every sum and product that is asked for. */
const PLACES = 40;

/** A decimal as a whole number of 10^-40. */
export function scaled(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0'));
}

export const one = scaled('1');

/** The decimal, without noughts at its end. */
export function unscaled(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`;
}

/** A decimal without noughts at its end. */
export function trimmed(text: string): string {
  return unscaled(scaled(text));
}

/** Below zero where `a` comes before `b` among the values of a type. */
export function compare(a: string, b: string, type: ColumnType): number {
  if (type === 'integer' || type === 'decimal') return Number(signOf(scaled(a) - scaled(b)));
  if (type === 'timestamp') return Date.parse(a) - Date.parse(b);
  if (type === 'boolean') return Number(a === 'true') - Number(b === 'true');
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function signOf(value: bigint): bigint {
  return value > 0n ? 1n : value < 0n ? -1n : 0n;
}

/** As `compare`, nothing last in either direction. */
export function inOrder(a: CellText, b: CellText, type: ColumnType, direction: 'asc' | 'desc'): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return direction === 'asc' ? compare(a, b, type) : compare(b, a, type);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show at a moment: `2026-01-31T08:00:00`. */
export function local(ms: number, zone: string): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en', { ...options, ...time, timeZone: zone });
  clocks.set(zone, clock);
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    clock.formatToParts(ms).map(({ type, value }) => [type, value]),
  );
  return `${year?.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** A moment as a cell holds it. */
export function cellOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z');
}

type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const DAY_MS = 86_400_000;

/** The first day of the unit that a day is in. */
export function firstDay(day: string, unit: Unit, weekStart = 'monday'): string {
  const [year = '', month = ''] = day.split('-');
  if (unit === 'year') return `${year}-01-01`;
  if (unit === 'month') return `${year}-${month}-01`;
  if (unit === 'quarter')
    return `${year}-${String(Number(month) - ((Number(month) - 1) % 3)).padStart(2, '0')}-01`;
  if (unit !== 'week') return day;
  const weekday = new Date(day).getUTCDay();
  return later(day, 'day', -((weekday + (weekStart === 'sunday' ? 0 : 6)) % 7));
}

/** The first day of a unit, so many units later. */
export function later(day: string, unit: Unit, count: number): string {
  const date = new Date(day);
  if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + count);
  else if (unit === 'month' || unit === 'quarter') {
    date.setUTCMonth(date.getUTCMonth() + count * (unit === 'quarter' ? 3 : 1));
  } else date.setTime(date.getTime() + count * DAY_MS * (unit === 'week' ? 7 : 1));
  return date.toISOString().slice(0, 10);
}

/** The beginning of the minute or hour, on a zone's clocks, that a moment is in. */
export function clockStart(ms: number, unit: 'minute' | 'hour', zone: string): number {
  const [, minute = '0', second = '0'] = local(ms, zone).split(':');
  const into = Number(second) + (unit === 'hour' ? Number(minute) * 60 : 0);
  return Math.floor(ms / 1_000) * 1_000 - into * 1_000;
}
