import fc from 'fast-check';
import type { CellText, Column, ColumnType } from '#lib/core/columns.ts';

/** The moment that the database takes for the present: half past one in Berlin, on the night after its clocks moved. */
export const now = '2026-03-29T23:30:00Z';

export const columns: Column[] = [
  { name: 'id', type: 'integer' },
  { name: 'word', type: 'text' },
  { name: 'note', type: 'text' },
  { name: 'pieces', type: 'integer' },
  { name: 'price', type: 'decimal' },
  { name: 'cost', type: 'decimal' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
];

export const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];

/** Of each type few values, so that they meet: the extreme, the odd, and times about midnights and moved clocks. */
export const pool: Readonly<Record<ColumnType, readonly string[]>> = {
  text: ['', 'apple', 'Apple', 'Äpfel', 'b', '100%_\\', '🚀', '\uffee', 'NULL', '12.5', ' b'],
  integer: ['-7', '0', '3', '42', '9007199254740993'],
  decimal: ['-2.50', '0', '0.3', '1.5', '1.50', '10', '12345678901234567890.123456789', '-0.000001'],
  boolean: ['true', 'false'],
  date: [
    '0001-01-07',
    '2024-02-29',
    '2025-12-28',
    '2025-12-31',
    '2026-01-01',
    '2026-02-28',
    '2026-03-22',
    '2026-03-23',
    '2026-03-28',
    '2026-03-29',
    '2026-03-30',
    '2026-04-01',
    '9999-12-30',
  ],
  timestamp: [
    '0001-06-15T00:00:00Z',
    '1999-12-31T23:30:00Z',
    '2024-02-29T12:00:00Z',
    '2025-10-26T00:30:00Z',
    '2025-10-26T01:30:00Z',
    '2025-12-31T23:30:00Z',
    '2026-01-01T00:00:00Z',
    '2026-02-28T22:59:59.999999Z',
    '2026-02-28T23:00:00Z',
    '2026-03-22T23:00:00Z',
    '2026-03-28T22:59:59.5Z',
    '2026-03-28T23:00:00Z',
    '2026-03-29T00:59:59.5Z',
    '2026-03-29T01:00:00Z',
    '2026-03-29T21:10:00Z',
    '2026-03-29T22:00:00Z',
    '2026-03-29T23:15:00Z',
    now,
    '2026-03-30T22:00:00Z',
    '9999-06-15T12:00:00Z',
  ],
  json: ['{}', '[1, null]', 'null'],
};

export type Row = Readonly<Record<string, CellText>>;

/** So many rows, the same each time: every third cell or so holds nothing. */
export function randomRows(count: number, seed: number): Row[] {
  const cells = columns.slice(1).map(({ type }) => fc.option(fc.constantFrom(...pool[type]), { freq: 4 }));
  return fc
    .sample(fc.tuple(...cells), { numRuns: count, seed })
    .map((drawn, place) =>
      Object.fromEntries(
        columns.map(({ name }, at) => [name, at === 0 ? String(place) : (drawn[at - 1] ?? null)]),
      ),
    );
}
