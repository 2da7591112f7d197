import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFilter, isGroup, newCondition, newGroup } from '#app/_ui/filter-builder/editor-state.ts';
import { readFilter } from '#app/_ui/filter-builder/read-filter.ts';
import type { Column } from '#lib/core/columns.ts';
import type { Condition, Filter, FilterValue } from '#lib/datasets/filter.ts';
import { filterSchema } from '#lib/datasets/filter.ts';
import { type Operator, operatorsOf } from '#lib/datasets/operators.ts';
import type { Period } from '#lib/datasets/period.ts';

const columns: Column[] = [
  { name: 'word', type: 'text' },
  { name: 'count', type: 'integer' },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
];

const samples: Readonly<Record<string, readonly (string | boolean)[]>> = {
  word: ['', 'Nome', ' with blanks ', '“quoted”'],
  count: ['0', '-7', '9007199254740993'],
  price: ['0.10', '-1234.5600', '12345678901234567890.5'],
  active: [true, false],
  day: ['2026-01-31', '0001-01-01'],
  at: ['2026-01-31', '2026-01-31T08:00', '2026-01-31T08:00:00.123456+02:00', '2026-01-31T08:00:00Z'],
};

/** Every condition that the schema and the columns' types allow. */
const condition: fc.Arbitrary<Condition> = fc.constantFrom(...columns).chain(({ name: field, type }) =>
  fc.constantFrom(...operatorsOf[type]).chain((op): fc.Arbitrary<Condition> => {
    if (op === 'isNull') return fc.constantFrom({ field, op }, { field, op, value: false });
    const isOfZone = type === 'timestamp' || op === 'during';
    const zone = isOfZone ? fc.constantFrom({}, { zone: 'Europe/Berlin' }) : fc.constant({});
    return fc.tuple(operandOf(field, op), zone).map(([value, zone]) => ({ field, op, value, ...zone }));
  }),
);

function operandOf(field: string, op: Operator): fc.Arbitrary<FilterValue> {
  const sample = fc.constantFrom(...(samples[field] ?? []));
  if (op === 'in') return fc.array(sample, { minLength: 1, maxLength: 3 });
  if (op === 'during') return fc.constantFrom(...periods);
  if (op === 'between')
    return fc.tuple(fc.option(sample), sample).chain((ends) => fc.constantFrom(ends, ends.toReversed()));
  return op === 'matches' ? fc.constantFrom('', '^A-[0-9]+$', '(?i)x|y') : sample;
}

const periods: Period[] = [
  { last: 7, unit: 'day' },
  { last: 1, unit: 'hour', includeCurrent: false },
  { this: 'month' },
  { previous: 'week', weekStart: 'sunday' },
];

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({ and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
}));

/** At the root a group of one part is that part. */
function unwrapped(filter: Filter): Filter {
  const parts = 'and' in filter ? filter.and : 'or' in filter ? filter.or : [];
  const [only] = parts;
  return only && parts.length === 1 ? only : filter;
}

describe('a filter', () => {
  it('is the same after it has been shown in the builder, whatever its shape', () => {
    fc.assert(
      fc.property(filter, (filter) => {
        const { filter: read, problems } = readFilter(editFilter(filter, columns), columns);
        expect(problems.size).toBe(0);
        expect(read).toEqual(unwrapped(filter));
        expect(filterSchema.parse(read)).toEqual(read);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[Filter, Filter]>([
    [
      { field: 'price', op: 'gt', value: 1e21 },
      { field: 'price', op: 'gt', value: '1000000000000000000000' },
    ],
    [
      { field: 'price', op: 'in', value: [0.1, 2] },
      { field: 'price', op: 'in', value: ['0.1', '2'] },
    ],
    [
      { field: 'word', op: 'isNull', value: true },
      { field: 'word', op: 'isNull' },
    ],
  ])('%j is written as %j', (given, written) => {
    expect(readFilter(editFilter(given, columns), columns).filter).toEqual(written);
  });

  it('asks for an empty text as well as for none where a text is to be empty', () => {
    const empty = { ...newCondition(), field: 'word', choice: 'empty' as const };
    const { filter } = readFilter(newGroup('all', [empty]), columns);
    expect(filter).toEqual({
      or: [
        { field: 'word', op: 'isNull' },
        { field: 'word', op: 'eq', value: '' },
      ],
    });
    expect(editFilter(filter, columns).parts).toMatchObject([{ field: 'word', choice: 'empty' }]);
  });

  it('of “none of” several is the opposite of any of them', () => {
    const given: Filter = {
      not: {
        or: [
          { field: 'day', op: 'isNull' },
          { field: 'at', op: 'isNull' },
        ],
      },
    };
    expect(editFilter(given, columns)).toMatchObject({ match: 'none', parts: [{}, {}] });
  });
});

describe('a condition that is not complete', () => {
  const complete = { field: 'count', op: 'gt', value: '5' } as const;

  it.each([
    [{}, 'Choose a column.'],
    [{ field: 'gone', values: ['1'] }, 'There is no column “gone” any more: choose another.'],
    [{ field: 'word' }, 'Enter a text.'],
    [{ field: 'word', choice: 'in' as const }, 'Enter a text.'],
    [{ field: 'count', values: ['1.5'] }, 'Enter a whole number, such as 42.'],
    [{ field: 'count', values: ['9223372036854775808'] }, 'Enter a whole number, such as 42.'],
    [{ field: 'price', values: ['cheap'] }, 'Enter a number, such as 1234.50.'],
    [{ field: 'price', choice: 'in' as const, values: ['1', ''] }, 'Enter a number, such as 1234.50.'],
    [{ field: 'active', values: ['maybe'] }, 'Choose yes or no.'],
    [{ field: 'day', values: ['2026-02-30'] }, 'Enter a date.'],
    [{ field: 'at', values: ['yesterday'] }, 'Enter a date and a time.'],
    [{ field: 'data', values: ['1'] }, 'Choose how to compare.'],
    [{ field: 'day', choice: 'during' as const }, 'Choose a period.'],
    [
      { field: 'day', choice: 'between' as const, values: ['', ''] },
      'Enter a date. One end may be left open.',
    ],
    [
      { field: 'count', choice: 'between' as const, values: ['1', 'x'] },
      'Enter a whole number, such as 42. One end may be left open.',
    ],
    [
      { field: 'word', choice: 'matches' as const, values: ['(a'] },
      'The regular expression has a “(” without its “)” at character 3.',
    ],
    [{ field: 'active', choice: 'contains' as const, values: ['true'] }, 'Choose how to compare.'],
  ])('such as %j stays out of the filter, and says: %s', (part, problem) => {
    const incomplete = { ...newCondition(), ...part };
    const root = editFilter(complete, columns);
    const read = readFilter({ ...root, parts: [incomplete, newGroup('any', []), ...root.parts] }, columns);
    expect(read.filter).toEqual({ and: [complete] });
    expect([...read.problems]).toEqual([[incomplete.id, problem]]);
  });

  it('alone makes no filter', () => {
    const root = newGroup('none', [newGroup('any', [newCondition()])]);
    expect(readFilter(root, columns).filter).toBeUndefined();
    expect(isGroup(root)).toBe(true);
  });
});
