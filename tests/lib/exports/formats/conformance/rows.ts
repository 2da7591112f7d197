import fc from 'fast-check';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';

/** The worst that a cell of each type can hold. */
const worst: Readonly<Record<ColumnType, readonly string[]>> = {
  text: [
    ...['', ' ', '00501', 'a,b;c|d\te', 'say "hi"', '"', '""', "it's", 'two\nlines', 'cr\r', '\r\n', '\n'],
    ...[
      '😀 emoji 👩‍👩‍👧',
      'שלום עולם',
      'مرحبا',
      '日本',
      'Ǆ ﬁ é é',
      '\uFFFD',
      '\u2028',
      '<b>&amp;</b>',
      ']]>',
    ],
    ...[
      '=HYPERLINK("http://x","y")',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '_x000D_',
      '_x0041_',
      '\u0001\u001F',
    ],
    ...[
      'NULL',
      'null',
      'true',
      '\\N',
      '\\.',
      '\\',
      '{"a":1}',
      '2^53',
      '1e5',
      '1/2/2026',
      '  lead',
      'trail  ',
    ],
    'x'.repeat(32_767),
  ],
  integer: ['0', '-1', '9007199254740991', '9007199254740993', '9223372036854775807', '-9223372036854775808'],
  decimal: [
    '0',
    '0.10',
    '-0.000000001',
    '123456789012345.678',
    '12345678901234567890123456789.123456789',
    '1.000',
  ],
  boolean: ['true', 'false'],
  date: ['0001-01-01', '1582-10-10', '1900-02-28', '1900-03-01', '1969-12-31', '2024-02-29', '9999-12-31'],
  timestamp: [
    ...[
      '0001-01-01T00:00:00Z',
      '1899-12-31T23:59:59.999999Z',
      '1969-12-31T23:59:59.5Z',
      '1970-01-01T00:00:00Z',
    ],
    ...['2024-02-29T12:00:00.12Z', '2026-03-29T01:30:00.000001Z', '9999-12-31T23:59:59.999999Z'],
  ],
  // JSON's own null is read back as an absent value by any reader of JSON.
  json: [
    '{}',
    '[]',
    '"text"',
    '{"a": "\\"\\n\\u0001", "b": [1.10, null, true]}',
    '[9007199254740993]',
    '"=1+1"',
  ],
};

const random: Readonly<Partial<Record<ColumnType, fc.Arbitrary<string>>>> = {
  // No database hands out NUL or half a character.
  text: fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
  integer: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  decimal: fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(999))
    .map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`),
};

const types = Object.keys(worst) as ColumnType[];

/** Two columns of each type; the first is the number of the row, by which it can be found again. */
export const columns: readonly OutputColumn[] = [
  { source: 'number', header: 'number', type: 'integer' },
  ...[1, 2].flatMap((turn) =>
    types.map((type) => ({ source: `${type}${turn}`, header: `${type} ${turn}`, type })),
  ),
];

/** As many rows as asked for, the same each time: every worst cell is among 5,000, and one cell in ten is null. */
export function worstRows(count: number): CellText[][] {
  const cells = columns.slice(1).map(({ type }) => {
    const listed = fc.constantFrom(...worst[type]);
    const drawn = random[type];
    return fc.option(drawn ? fc.oneof(listed, drawn) : listed, { freq: 10, nil: null });
  });
  const rows = fc.sample(fc.tuple(...cells), { numRuns: count, seed: 20_260_131 });
  return rows.map((row, place) => [String(place), ...row]);
}
