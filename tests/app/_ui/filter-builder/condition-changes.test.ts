import { describe, expect, it } from 'vitest';
import { withChoice, withColumn } from '#app/_ui/filter-builder/condition-changes.ts';
import { newCondition, newGroup } from '#app/_ui/filter-builder/editor-state.ts';
import { readFilter } from '#app/_ui/filter-builder/read-filter.ts';
import type { Column } from '#lib/core/columns.ts';

const day: Column = { name: 'day', type: 'date' };
const at: Column = { name: 'at', type: 'timestamp' };
const later: Column = { name: 'later', type: 'timestamp' };
const count: Column = { name: 'count', type: 'integer' };
const columns = [day, at, later, count];
const filterOf = (condition: ReturnType<typeof newCondition>) =>
  readFilter(newGroup('all', [condition]), columns).filter;

describe('a condition', () => {
  it('over a column of times begins with the last seven days of the person', () => {
    const condition = withColumn(newCondition(), undefined, at, 'Europe/Berlin');
    expect(filterOf(condition)).toEqual({
      field: 'at',
      op: 'during',
      value: { last: 7, unit: 'day' },
      zone: 'Europe/Berlin',
    });
  });

  it('keeps its period over another column of times, and another comparison keeps it for the way back', () => {
    const period = { previous: 'hour' } as const;
    const condition = { ...newCondition(), field: 'at', choice: 'during' as const, period, zone: 'UTC' };
    const moved = withColumn(condition, at, later, 'Europe/Berlin');
    expect(filterOf(moved)).toEqual({ field: 'later', op: 'during', value: period, zone: 'UTC' });
    expect(withChoice(withChoice(moved, 'gt', 'UTC'), 'during', 'UTC')).toEqual(moved);
  });

  it('does not take hours along to a column of dates, nor a zone to one of numbers', () => {
    const period = { previous: 'hour' } as const;
    const condition = { ...newCondition(), field: 'at', choice: 'during' as const, period, zone: 'UTC' };
    expect(filterOf(withColumn(condition, at, day, 'Asia/Tokyo'))).toEqual({
      field: 'day',
      op: 'during',
      value: { last: 7, unit: 'day' },
      zone: 'Asia/Tokyo',
    });
    const range = {
      ...newCondition(),
      field: 'at',
      choice: 'between' as const,
      values: ['2026-01-31', ''],
      zone: 'UTC',
    };
    const numbers = withColumn(range, at, count, 'UTC');
    expect(filterOf({ ...numbers, values: ['', '5'] })).toEqual({
      field: 'count',
      op: 'between',
      value: [null, '5'],
    });
  });
});
