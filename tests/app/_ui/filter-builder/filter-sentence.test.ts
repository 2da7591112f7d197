import { expect, it } from 'vitest';
import { filterSentence } from '#app/_ui/filter-builder/filter-sentence.ts';
import { formatsFor } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';

const columns: Column[] = [
  { name: 'state', type: 'text', label: 'State' },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
];
const state: Filter = { field: 'state', op: 'in', value: ['AK', 'HI'] };
const price: Filter = { field: 'price', op: 'gte', value: '1234567.50' };
const active: Filter = { field: 'active', op: 'eq', value: true };

it.each<[Filter | undefined, string]>([
  [undefined, 'All rows'],
  [state, 'State is one of “AK”, “HI”'],
  [{ and: [state, price] }, 'State is one of “AK”, “HI” and price is at least 1,234,567.50'],
  [
    { or: [{ and: [state, active] }, price] },
    '(State is one of “AK”, “HI” and active is yes) or price is at least 1,234,567.50',
  ],
  [{ not: price }, 'not (price is at least 1,234,567.50)'],
  [
    { and: [active, { not: { or: [price, state] } }] },
    'active is yes and none of (price is at least 1,234,567.50, State is one of “AK”, “HI”)',
  ],
  [{ field: 'day', op: 'lt', value: '2026-01-31' }, 'day is before Jan 31, 2026'],
  [{ field: 'at', op: 'gt', value: '2026-01-31T08:00:00Z' }, 'at is after Jan 31, 2026, 8:00 AM'],
  [{ field: 'state', op: 'isNull' }, 'State has no value at all'],
  [
    {
      or: [
        { field: 'state', op: 'isNull' },
        { field: 'state', op: 'eq', value: '' },
      ],
    },
    'State is empty',
  ],
  [{ field: 'gone', op: 'eq', value: 'x' }, 'gone is “x”'],
  [{ field: 'day', op: 'eq', value: 'soon' }, 'day is soon'],
  [{ field: 'price', op: 'between', value: ['1', '2.50'] }, 'price is between 1 and 2.50'],
  [{ field: 'price', op: 'between', value: [null, 2] }, 'price is at most 2'],
  [{ field: 'day', op: 'between', value: ['2026-01-31', null] }, 'day is on or after Jan 31, 2026'],
  [
    { field: 'at', op: 'between', value: ['2026-01-01', '2026-01-31'], zone: 'Europe/Berlin' },
    'at is between Jan 1, 2026 and Jan 31, 2026 (Europe/Berlin)',
  ],
  [
    { field: 'at', op: 'gt', value: '2026-01-31T08:00', zone: 'Europe/Berlin' },
    'at is after Jan 31, 2026, 7:00 AM',
  ],
  [{ field: 'state', op: 'matches', value: '^A' }, 'State matches the regular expression “^A”'],
  [{ field: 'at', op: 'during', value: { last: 7, unit: 'day' }, zone: 'UTC' }, 'at is in the last 7 days'],
  [{ field: 'day', op: 'during', value: { this: 'month' } }, 'day is in this month'],
  [{ field: 'day', op: 'during', value: { last: 1, unit: 'year' } }, 'day is in the last year'],
  [
    { field: 'at', op: 'during', value: { previous: 'week', weekStart: 'sunday' }, zone: 'Asia/Tokyo' },
    'at is in the previous week, weeks from Sunday (Asia/Tokyo)',
  ],
  [
    { not: { field: 'at', op: 'during', value: { last: 3, unit: 'hour', includeCurrent: false } } },
    'not (at is in the last 3 whole hours)',
  ],
])('%j is said as: %s', (filter, sentence) => {
  expect(filterSentence(filter, columns).replaceAll('\u202f', ' ')).toBe(sentence);
});

it('is written with the formats of the person who reads', () => {
  const german = formatsFor({ locale: 'de', timeZone: 'Europe/Berlin' });
  expect(filterSentence(price, columns, german)).toBe('price is at least 1.234.567,50');
});
