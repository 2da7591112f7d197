import { describe, expect, it } from 'vitest';
import { filterSchema } from '#lib/datasets/filter.ts';

describe('a filter that is written', () => {
  it.each([
    { field: 'a', op: 'between', value: [1, null] },
    { field: 'a', op: 'between', value: ['2026-01-01', '2026-01-31'], zone: 'Europe/Berlin' },
    { field: 'a', op: 'matches', value: '^a' },
    { field: 'a', op: 'during', value: { last: 7, unit: 'day', includeCurrent: false } },
    { field: 'a', op: 'during', value: { this: 'week', weekStart: 'sunday' }, zone: 'UTC' },
    { field: 'a', op: 'during', value: { previous: 'quarter' } },
  ])('as %j is taken', (filter) => {
    expect(filterSchema.parse(filter)).toEqual(filter);
  });

  it.each<[object, RegExp]>([
    [{ field: 'a', op: 'between', value: 1 }, /takes \[from, to\]/],
    [{ field: 'a', op: 'between', value: [1] }, /takes \[from, to\]/],
    [{ field: 'a', op: 'between', value: [1, 2, 3] }, /takes \[from, to\]/],
    [{ field: 'a', op: 'between', value: [null, null] }, /takes \[from, to\]/],
    [{ field: 'a', op: 'in', value: [1, null] }, /takes a list of values/],
    [{ field: 'a', op: 'in', value: { this: 'day' } }, /takes a list of values/],
    [{ field: 'a', op: 'eq', value: [1] }, /takes one value/],
    [{ field: 'a', op: 'eq', value: { this: 'day' } }, /takes one value/],
    [{ field: 'a', op: 'matches', value: 1 }, /takes a regular expression/],
    [{ field: 'a', op: 'during', value: '7 days' }, /takes a period/],
    [{ field: 'a', op: 'during', value: [7] }, /takes a period/],
    [{ field: 'a', op: 'during', value: { last: 0, unit: 'day' } }, />=1/],
    [{ field: 'a', op: 'during', value: { last: 7, unit: 'fortnight' } }, /no period such as/],
    [{ field: 'a', op: 'during', value: { last: 5_001, unit: 'day' } }, /<=5000/],
    [{ field: 'a', op: 'during', value: { this: 'day', last: 7 } }, /"last"/],
    [{ field: 'a', op: 'during', value: { this: 'day', weekStart: 'sunday' } }, /for weeks alone/],
    [{ field: 'a', op: 'eq', value: 1, zone: '+02:00' }, /must be a time zone/],
    [{ and: [{ field: 'a', op: 'isNull' }], zone: 'UTC' }, /without a "field"/],
  ])('as %j is refused, and said why', (filter, problem) => {
    const { error } = filterSchema.safeParse(filter);
    expect(error?.issues.map(({ message }) => message).join()).toMatch(problem);
  });
});
