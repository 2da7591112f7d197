import type { Condition, Filter } from '#lib/datasets/filter.ts';

/** Days from `from` up to and with `to`, as `2026-01-31`; an end that is absent is open. */
export interface TimeRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The spans that people ask for most. */
export const timeSpans = ['last7Days', 'last30Days', 'thisMonth'] as const;
export type TimeSpan = (typeof timeSpans)[number];

const DAY_MS = 86_400_000;

/** The days of a span that ends with today, in UTC as filters compare. */
export function rangeOf(span: TimeSpan, now: Date): TimeRange {
  const to = day(now);
  if (span === 'thisMonth') return { from: `${to.slice(0, 8)}01`, to };
  const days = span === 'last7Days' ? 7 : 30;
  return { from: day(new Date(now.getTime() - (days - 1) * DAY_MS)), to };
}

/** The range of days that the filter asks of `field` at its top; undefined where it asks for none. */
export function timeRangeIn(filter: Filter | undefined, field: string): TimeRange | undefined {
  const bounds = topConditions(filter).filter((part) => isBound(part, field)) as Condition[];
  if (bounds.length === 0) return undefined;
  const from = bounds.find(({ op }) => op === 'gte')?.value as string | undefined;
  const end = bounds.find(({ op }) => op === 'lt')?.value as string | undefined;
  return { from, to: end && day(new Date(Date.parse(end) - DAY_MS)) };
}

/** The filter with its range of days over `field` replaced; undefined where nothing is left of it. */
export function withTimeRange(
  filter: Filter | undefined,
  field: string,
  range: TimeRange | undefined,
): Filter | undefined {
  const others = topConditions(filter).filter((part) => !isBound(part, field));
  const from: Filter[] = range?.from ? [{ field, op: 'gte', value: range.from }] : [];
  // The day after the last one, so that all of the last one's moments are in.
  const to: Filter[] = range?.to ? [{ field, op: 'lt', value: nextDay(range.to) }] : [];
  const and = [...others, ...from, ...to];
  return and.length === 0 ? undefined : { and };
}

function topConditions(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return [];
  return 'and' in filter ? filter.and : [filter];
}

const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/;

function isBound(part: Filter, field: string): boolean {
  return (
    'field' in part &&
    part.field === field &&
    (part.op === 'gte' || part.op === 'lt') &&
    WHOLE_DAY.test(String(part.value))
  );
}

function nextDay(date: string): string {
  return day(new Date(Date.parse(date) + DAY_MS));
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
