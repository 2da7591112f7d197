import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '#lib/core/columns.ts';
import { coercion } from '#lib/datasets/coerce.ts';
import { Refusal } from '#lib/datasets/refusal.ts';

const raw = (text: string): unknown => JSON.rawJSON(text);

/** Each type with what it takes and how the cell reads then. */
const taken: Record<ColumnType, [unknown, string | null][]> = {
  text: [
    ['', ''],
    [null, null],
    [undefined, null],
    [' padded ', ' padded '],
    ['NULL', 'NULL'],
    ['\\N', '\\N'],
    ['00501', '00501'],
    ['🚀\n"', '🚀\n"'],
    [12.5, '12.5'],
    [true, 'true'],
    [raw('1.10'), '1.10'],
    [{ a: [1, raw('2.50')] }, '{"a":[1,2.50]}'],
  ],
  integer: [
    ['', null],
    ['007', '7'],
    ['-0', '0'],
    ['+5', '5'],
    ['5.00', '5'],
    ['12e2', '1200'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
    [42, '42'],
    [1e21 / 1e3, '1000000000000000000'],
    [raw('5.0'), '5'],
  ],
  decimal: [
    ['', null],
    ['1.10', '1.10'],
    ['00.50', '0.50'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['+1e-3', '0.001'],
    ['1.5e-3', '0.0015'],
    ['1.10e2', '110'],
    ['1.234e2', '123.4'],
    ['0e5', '0'],
    ['0e-5', '0.00000'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    [raw('1e400'), `1${'0'.repeat(400)}`],
    [1e-7, '0.0000001'],
  ],
  boolean: [
    ['', null],
    [true, 'true'],
    [false, 'false'],
    ['TRUE', 'true'],
    ['f', 'false'],
    ['Yes', 'true'],
    ['no', 'false'],
    [1, 'true'],
    ['0', 'false'],
  ],
  date: [
    ['', null],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31', '9999-12-31'],
    ['2000-02-29', '2000-02-29'],
  ],
  timestamp: [
    ['', null],
    ['2026-01-31', '2026-01-31T00:00:00Z'],
    ['2026-01-31 13:45', '2026-01-31T13:45:00Z'],
    ['2026-01-31T13:45:06.500Z', '2026-01-31T13:45:06.5Z'],
    ['2026-01-31T13:45:06.1234567Z', '2026-01-31T13:45:06.123456Z'],
    ['2026-01-31T13:45:06.000+00:00', '2026-01-31T13:45:06Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
    ['2024-02-28T23:30:00-0130', '2024-02-29T01:00:00Z'],
    ['2026-01-31 13:45:06 +02', '2026-01-31T11:45:06Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['0099-01-01T00:00:00+01', '0098-12-31T23:00:00Z'],
  ],
  json: [
    ['', null],
    ['{"a": 1.10}', '"{\\"a\\": 1.10}"'],
    ['none', '"none"'],
    [{ a: [raw('1.10'), null, '\u0001'] }, '{"a":[1.10,null,"\\u0001"]}'],
    [[], '[]'],
    [5, '5'],
    [false, 'false'],
    [raw('1e400'), '1e400'],
  ],
};

const refused: [ColumnType, unknown, RegExp][] = [
  ['text', 'a\0b', /NUL/],
  ['text', 'a\ud800', /surrogate/],
  ['integer', '1.5', /fraction/],
  ['integer', ' 12', /blanks around it, add the transform "trim"/],
  ['integer', '9223372036854775808', /64 bits/],
  ['integer', '1e30000', /64 bits/],
  ['integer', 'abc', /not a whole number/],
  ['integer', true, /not a whole number/],
  ['integer', [1], /is a list/],
  ['decimal', '1,234.50', /add the transform "number"/],
  ['decimal', 'NaN', /no finite number/],
  ['decimal', '-Infinity', /no finite number/],
  ['decimal', '.', /not a number/],
  ['decimal', '1e200000', /more digits/],
  ['decimal', '1e-20000', /more digits/],
  ['decimal', '1e99999999999', /not a number/],
  ['decimal', { a: 1 }, /is an object/],
  ['boolean', 'maybe', /neither true nor false/],
  ['boolean', 2, /neither true nor false/],
  ['date', '2023-02-29', /no day of the calendar/],
  ['date', '0000-01-01', /no day of the calendar/],
  ['date', '10000-01-01', /years 0001 to 9999/],
  ['date', '01/02/2026', /transform "date"/],
  ['date', '2026-01-31T00:00:00Z', /time of day/],
  ['date', 'infinity', /infinity/],
  ['timestamp', '-infinity', /infinity/],
  ['timestamp', '2026-01-31T24:00:00Z', /no time of the day/],
  ['timestamp', '2026-01-31T23:59:60Z', /no time of the day/],
  ['timestamp', '2026-13-01T00:00:00Z', /no day of the calendar/],
  ['timestamp', '0001-01-01T00:00:00+01:00', /years 0001 to 9999 in UTC/],
  ['timestamp', '9999-12-31T23:30:00-01:00', /years 0001 to 9999 in UTC/],
  ['timestamp', '2026-01-31T00:00:00+16:00', /offset/],
  ['timestamp', 1767225600, /ISO 8601/],
  ['json', 'a\0', /NUL/],
  ['json', { a: ['\0'] }, /NUL/],
  ['json', { 'a\0': 1 }, /NUL/],
  ['json', ['\ud800'], /surrogate/],
  ['json', raw('1e999999'), /more digits/],
];

describe('a cell', () => {
  const cases = Object.entries(taken).flatMap(([type, values]) =>
    values.map(([value, cell]) => [type as ColumnType, value, cell] as const),
  );
  it.each(cases)('of type %s takes %j as %j', (type, value, cell) => {
    expect(coercion(type)(value)).toBe(cell);
  });

  it('of type json takes a raw text as the JSON that it spells', () => {
    const cell = coercion('json', { rawText: true });
    expect(cell('{"a": 1.10}')).toBe('{"a": 1.10}');
    expect(cell('')).toBeNull();
    expect(cell(['x'])).toBe('["x"]');
    expect(cell('none')).toEqual(new Refusal('is not JSON'));
    expect((cell('{"a":"\\u0000"}') as Refusal).reason).toMatch(/NUL/);
  });

  it.each(refused)('of type %s refuses %j with the reason', (type, value, reason) => {
    const result = coercion(type)(value);
    expect(result).toBeInstanceOf(Refusal);
    expect((result as Refusal).reason).toMatch(reason);
  });

  it('of a date or time agrees with JavaScript on every day and offset of the years 0001 to 9999', () => {
    const min = new Date('0001-01-02T00:00:00Z');
    const max = new Date('9999-12-30T00:00:00Z');
    fc.assert(
      fc.property(
        fc.date({ min, max, noInvalidDate: true }),
        fc.integer({ min: -959, max: 959 }),
        (instant, offset) => {
          const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
          const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
          const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
          expect(new Date(String(coercion('timestamp')(local + zone)))).toEqual(instant);
          expect(coercion('date')(instant.toISOString().slice(0, 10))).toBe(
            instant.toISOString().slice(0, 10),
          );
        },
      ),
    );
  });

  it('of a decimal keeps its value, and is its own cell', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: -40, max: 40 }), (digits, exponent) => {
        const cell = String(coercion('decimal')(`${digits}e${exponent}`));
        const [whole = '', fraction = ''] = cell.split('.');
        const scaled = BigInt(whole + fraction.padEnd(40, '0'));
        expect(scaled).toBe(digits * 10n ** BigInt(40 + exponent));
        expect(coercion('decimal')(cell)).toBe(cell);
      }),
    );
  });
});
