import { toLocal, toUtc } from '#app/_ui/filter-builder/local-time.ts';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';

/** Days from `from` up to and with `to`, as `2026-01-31`; an end that is absent is open. */
export interface TimeRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The spans that people ask for most. */
export type TimeSpan = 'last7Days' | 'last30Days' | 'thisMonth';

/** A column of dates or times, and the zone in which its days begin. */
export interface TimeColumn {
  readonly column: Column;
  /** An IANA name. */
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;

/** The days of a span that ends with today. */
export function rangeOf(span: TimeSpan, now: Date, timeZone: string): TimeRange {
  const to = toLocal(now.toISOString(), timeZone).slice(0, 10);
  if (span === 'thisMonth') return { from: `${to.slice(0, 8)}01`, to };
  return { from: addDays(to, span === 'last7Days' ? -6 : -29), to };
}

/** The range of days that the filter asks of the column at its top; undefined where it asks for none. */
export function timeRangeIn(filter: Filter | undefined, time: TimeColumn): TimeRange | undefined {
  let range: TimeRange | undefined;
  for (const part of topConditions(filter)) {
    const bound = boundIn(part, time);
    if (bound?.op === 'gte') range = { ...range, from: bound.day };
    if (bound?.op === 'lt') range = { ...range, to: addDays(bound.day, -1) };
  }
  return range;
}

/** The filter with its range of days over the column replaced; undefined where nothing is left of it. */
export function withTimeRange(
  filter: Filter | undefined,
  time: TimeColumn,
  range: TimeRange | undefined,
): Filter | undefined {
  const others = topConditions(filter).filter((part) => !boundIn(part, time));
  // Before the day after the last one, so that all of the last one's moments are in.
  const bounds = [
    bound('gte', range?.from, time),
    bound('lt', range?.to && addDays(range.to, 1), time),
  ].filter((each) => each !== undefined);
  const and = [...others, ...bounds];
  return and.length === 0 ? undefined : { and };
}

function topConditions(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return [];
  return 'and' in filter ? filter.and : [filter];
}

/** The beginning of a day that a part of the filter sets as a bound to the column. */
function boundIn(part: Filter, { column, timeZone }: TimeColumn): { op: string; day: string } | undefined {
  if (!('field' in part) || part.field !== column.name) return undefined;
  if (part.op !== 'gte' && part.op !== 'lt') return undefined;
  const value = String(part.value);
  const [day = '', time] = (column.type === 'date' ? value : toLocal(value, timeZone)).split('T');
  const isMidnight = column.type === 'date' || time === '00:00';
  return isMidnight && /^\d{4}-\d\d-\d\d$/.test(day) ? { op: part.op, day } : undefined;
}

function bound(
  op: 'gte' | 'lt',
  day: string | undefined,
  { column, timeZone }: TimeColumn,
): Filter | undefined {
  const value = day && (column.type === 'date' ? day : toUtc(`${day}T00:00`, timeZone));
  return value ? { field: column.name, op, value } : undefined;
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
