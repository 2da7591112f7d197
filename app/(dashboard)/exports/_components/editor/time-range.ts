import type { Column } from '#lib/core/columns.ts';
import type { Condition, Filter } from '#lib/datasets/filter.ts';
import type { Period } from '#lib/datasets/period.ts';

/** Days from `from` up to and with `to`, as `2026-01-31`; an end that is absent is open. */
export interface DayRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Days that stay as they are, or a period that moves with the present. */
export type TimeRange = DayRange | { readonly period: Period };

/** A column of dates or times, and the zone in which its days begin. */
export interface TimeColumn {
  readonly column: Column;
  /** An IANA name. */
  readonly timeZone: string;
}

/** The range of days that the filter asks of the column at its top; undefined where it asks for none. */
export function timeRangeIn(filter: Filter | undefined, time: TimeColumn): TimeRange | undefined {
  return topConditions(filter)
    .map((part) => rangeIn(part, time))
    .find((range) => range !== undefined);
}

/** The filter with its range of days over the column replaced; undefined where nothing is left of it. */
export function withTimeRange(
  filter: Filter | undefined,
  time: TimeColumn,
  range: TimeRange | undefined,
): Filter | undefined {
  const others = topConditions(filter).filter((part) => !rangeIn(part, time));
  const and = range ? [...others, conditionOf(range, time)] : others;
  return and.length === 0 ? undefined : { and };
}

function topConditions(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return [];
  return 'and' in filter ? filter.and : [filter];
}

function rangeIn(part: Filter, { column }: TimeColumn): TimeRange | undefined {
  if (!('field' in part) || part.field !== column.name) return undefined;
  const { op, value } = part;
  if (op === 'during') return { period: value as Period };
  if (op !== 'between') return undefined;
  const [from, to] = value as readonly (string | null)[];
  const isDays = [from, to].every((end) => !end || /^\d{4}-\d\d-\d\d$/.test(end));
  return isDays ? { from: from ?? undefined, to: to ?? undefined } : undefined;
}

function conditionOf(
  range: TimeRange,
  { column: { name: field, type }, timeZone: zone }: TimeColumn,
): Condition {
  if ('period' in range) return { field, op: 'during', value: range.period, zone };
  const days = { field, op: 'between', value: [range.from ?? null, range.to ?? null] } as const;
  return type === 'timestamp' ? { ...days, zone } : days;
}
