import { describe, expect, it } from 'vitest';
import {
  rangeOf,
  type TimeColumn,
  timeRangeIn,
  withTimeRange,
} from '#app/(dashboard)/exports/_components/editor/time-range.ts';
import type { Filter } from '#lib/datasets/filter.ts';

const date: TimeColumn = { column: { name: 'day', type: 'date' }, timeZone: 'Europe/Berlin' };
const time: TimeColumn = { column: { name: 'at', type: 'timestamp' }, timeZone: 'Europe/Berlin' };
const other: Filter = { field: 'state', op: 'eq', value: 'AK' };
const march = { from: '2026-03-01', to: '2026-03-31' };

describe('a time range', () => {
  it('of a date has its last day in it', () => {
    expect(withTimeRange(undefined, date, march)).toEqual({
      and: [
        { field: 'day', op: 'gte', value: '2026-03-01' },
        { field: 'day', op: 'lt', value: '2026-04-01' },
      ],
    });
  });

  it('of a time begins and ends at midnight where the person is, whatever the clocks do meanwhile', () => {
    expect(withTimeRange(undefined, time, march)).toEqual({
      and: [
        { field: 'at', op: 'gte', value: '2026-02-28T23:00:00Z' },
        { field: 'at', op: 'lt', value: '2026-03-31T22:00:00Z' },
      ],
    });
  });

  it.each([
    ['of dates', date],
    ['of times', time],
  ])('%s is found again in the filter, and leaves the rest of it as it was', (_, column) => {
    const filter = withTimeRange({ or: [other, other] }, column, march);
    expect(timeRangeIn(filter, column)).toEqual(march);
    const open = withTimeRange(filter, column, { from: '2026-05-01' });
    expect(timeRangeIn(open, column)).toEqual({ from: '2026-05-01' });
    expect(withTimeRange(open, column, undefined)).toEqual({ and: [{ or: [other, other] }] });
  });

  it('that is taken away leaves no empty filter', () => {
    expect(withTimeRange(withTimeRange(undefined, date, march), date, undefined)).toBeUndefined();
  });

  it('is not what only looks like one', () => {
    const noon: Filter = { field: 'at', op: 'gte', value: '2026-03-01T12:00:00Z' };
    const nested: Filter = { or: [{ field: 'day', op: 'gte', value: '2026-03-01' }, other] };
    expect(timeRangeIn(noon, time)).toBeUndefined();
    expect(timeRangeIn(nested, date)).toBeUndefined();
    expect(withTimeRange(noon, time, { from: '2026-03-01' })).toMatchObject({ and: [noon, { op: 'gte' }] });
  });

  it.each([
    ['last7Days', { from: '2026-02-26', to: '2026-03-04' }],
    ['last30Days', { from: '2026-02-03', to: '2026-03-04' }],
    ['thisMonth', { from: '2026-03-01', to: '2026-03-04' }],
  ] as const)('called %s ends with the day that it is where the person is', (span, range) => {
    expect(rangeOf(span, new Date('2026-03-03T23:30:00Z'), 'Europe/Berlin')).toEqual(range);
  });
});
