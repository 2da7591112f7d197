import fc from 'fast-check';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { type Operator, operatorsOf } from '#lib/datasets/operators.ts';
import { pool, zones } from './columns.ts';

const patterns = ['^[A-Z]', 'p+l', '(?i)^a', '^.{1,5}$', '\\d\\.\\d', '^$', '[^a-z%]|^b'];
const moments = [
  ...pool.timestamp,
  '2026-03-29T02:00:00+02:00',
  '2026-03-28T12:00',
  '2026-03-29',
  '2026-03-30',
  '2025-12-31',
  '2025-10-26',
];

/** Any filter over columns of these names and types. */
export function filterOver(columns: readonly Column[]): fc.Arbitrary<Filter> {
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...columns).chain(conditionOn),
      fc.record({ and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
    ),
  }));
  return filter;
}

function conditionOn({ name: field, type }: Column): fc.Arbitrary<Filter> {
  return fc.constantFrom(...operatorsOf[type]).chain((op) => {
    if (op === 'isNull') return fc.constantFrom<Filter>({ field, op }, { field, op, value: false });
    const isOfZone = op === 'during' || type === 'timestamp';
    const zone = fc.constantFrom(...(isOfZone ? zones.map((each) => ({ zone: each })) : []), {});
    return fc
      .tuple(operand(op, type), zone)
      .map(([value, ofZone]) => ({ field, op, value, ...ofZone }) as Filter);
  });
}

function operand(op: Operator, type: ColumnType): fc.Arbitrary<unknown> {
  const texts = fc.constantFrom(...(type === 'timestamp' ? moments : pool[type]));
  const value: fc.Arbitrary<unknown> = type === 'boolean' ? texts.map((text) => text === 'true') : texts;
  if (op === 'in') return fc.array(value, { minLength: 1, maxLength: 3 });
  if (op === 'between') return fc.tuple(fc.option(value, { freq: 3 }), value);
  if (op === 'matches') return fc.constantFrom(...patterns);
  return op === 'during' ? period(type) : value;
}

function period(type: ColumnType): fc.Arbitrary<unknown> {
  const clock = type === 'timestamp' ? (['minute', 'hour'] as const) : [];
  return fc.constantFrom(...clock, 'day', 'week', 'month', 'quarter', 'year').chain((unit) =>
    fc
      .tuple(
        fc.oneof(
          fc.record({ last: fc.integer({ min: 1, max: 40 }), unit: fc.constant(unit) }),
          fc.record({
            last: fc.integer({ min: 1, max: 4 }),
            unit: fc.constant(unit),
            includeCurrent: fc.boolean(),
          }),
          fc.constantFrom({ this: unit }, { previous: unit }),
        ),
        fc.constantFrom({}, ...(unit === 'week' ? [{ weekStart: 'sunday' }, { weekStart: 'monday' }] : [])),
      )
      .map(([moved, weeks]) => ({ ...moved, ...weeks })),
  );
}
