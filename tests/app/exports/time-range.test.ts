import { describe, expect, it } from 'vitest';
import {
  type TimeColumn,
  timeRangeIn,
  withTimeRange,
} from '#app/(dashboard)/exports/_components/editor/time-range.ts';
import { type Filter, filterSchema } from '#lib/datasets/filter.ts';

const date: TimeColumn = { column: { name: 'day', type: 'date' }, timeZone: 'Europe/Berlin' };
const time: TimeColumn = { column: { name: 'at', type: 'timestamp' }, timeZone: 'Europe/Berlin' };
const other: Filter = { field: 'state', op: 'eq', value: 'AK' };
const march = { from: '2026-03-01', to: '2026-03-31' };
const week = { period: { last: 7, unit: 'day' } } as const;

describe('a time range', () => {
  it('is one condition with both of its days in it, by the clocks of the person where there are any', () => {
    const value = ['2026-03-01', '2026-03-31'];
    expect(withTimeRange(undefined, date, march)).toEqual({ and: [{ field: 'day', op: 'between', value }] });
    expect(withTimeRange(undefined, time, march)).toEqual({
      and: [{ field: 'at', op: 'between', value, zone: 'Europe/Berlin' }],
    });
  });

  it('of a period moves with the present', () => {
    expect(withTimeRange(undefined, time, week)).toEqual({
      and: [{ field: 'at', op: 'during', value: { last: 7, unit: 'day' }, zone: 'Europe/Berlin' }],
    });
  });

  it.each([
    ['days of dates', date, march],
    ['days of times', time, march],
    ['days with an open end', time, { from: '2026-05-01', to: undefined }],
    ['a period of dates', date, week],
    ['a period of times', time, week],
  ])('of %s is found again in the filter, and leaves the rest of it as it was', (_, column, range) => {
    const filter = withTimeRange({ or: [other, other] }, column, range);
    expect(filterSchema.parse(filter)).toEqual(filter);
    expect(timeRangeIn(filter, column)).toEqual(range);
    const replaced = withTimeRange(filter, column, { to: '2026-06-01' });
    expect(timeRangeIn(replaced, column)).toEqual({ from: undefined, to: '2026-06-01' });
    expect(withTimeRange(replaced, column, undefined)).toEqual({ and: [{ or: [other, other] }] });
  });

  it('that is taken away leaves no empty filter', () => {
    expect(withTimeRange(withTimeRange(undefined, date, march), date, undefined)).toBeUndefined();
  });

  it('is not what only looks like one', () => {
    const noon: Filter = { field: 'at', op: 'between', value: ['2026-03-01T12:00:00Z', null] };
    const nested: Filter = { or: [{ field: 'day', op: 'between', value: ['2026-03-01', null] }, other] };
    expect(timeRangeIn(noon, time)).toBeUndefined();
    expect(timeRangeIn(nested, date)).toBeUndefined();
    expect(withTimeRange(noon, time, { from: '2026-03-01' })).toMatchObject({
      and: [noon, { op: 'between' }],
    });
  });
});
