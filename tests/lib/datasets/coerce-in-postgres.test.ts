import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ColumnType } from '#lib/core/columns.ts';
import { postgresTypes } from '#lib/datasets/cells.ts';
import { coercion } from '#lib/datasets/coerce.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.adminUrl);
  await client.connect();
  await client.query("set timezone to 'UTC'; set datestyle to 'ISO'");
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What Postgres writes for each text, cast to the column's type. */
async function stored(type: ColumnType, texts: readonly string[]): Promise<string[]> {
  const cast = `value::${postgresTypes[type]}::text`;
  const { rows } = await client.query<{ cell: string }>(
    `select ${cast} as cell from unnest($1::text[]) with ordinality as given (value, place) order by place`,
    [texts],
  );
  return rows.map(({ cell }) => (type === 'timestamp' ? cell.replace(' ', 'T').replace(/\+00$/, 'Z') : cell));
}

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 30 });
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits, digits, fc.integer({ min: -60, max: 60 }))
  .filter(([, whole, fraction]) => whole + fraction !== '')
  .map(([sign, whole, fraction, exponent]) => `${sign}${whole}.${fraction}e${exponent}`);
const integer = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .map((value) => `00${value}`.replace('00-', '-00'));
const instant = fc.date({ min: new Date('0002-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
const two = (value: number) => String(value).padStart(2, '0');
const timestamp = fc
  .tuple(instant, fc.constantFrom('', 'Z', '+05:30', '-0930', '+14'), fc.nat({ max: 999 }), fc.boolean())
  .map(([at, zone, micros, spaced]) => {
    const text = `${at.toISOString().slice(0, -1)}${two(micros).padStart(3, '0')}${zone}`;
    return spaced ? text.replace('T', ' ') : text;
  });

const anyOf: [ColumnType, fc.Arbitrary<string>][] = [
  ['decimal', decimal],
  ['integer', integer],
  ['timestamp', timestamp],
  ['date', instant.map((at) => at.toISOString().slice(0, 10))],
  ['boolean', fc.constantFrom('true', 'F', 'yes', 'No', '1', '0', 'T')],
];

it.each(anyOf)('a cell of type %s reads exactly as Postgres writes the same text', async (type, text) => {
  const given = fc.sample(text, { numRuns: 2_000, seed: 7 });
  expect(given.map((one) => coercion(type)(one))).toEqual(await stored(type, given));
});

it('the longest numbers that are taken can be stored, and the shortest that are refused cannot', async () => {
  for (const edge of ['1e131071', '1e-16383']) {
    expect(await stored('decimal', [String(coercion('decimal')(edge))])).toHaveLength(1);
  }
  for (const past of ['1e131072', '1e-16384']) {
    expect(typeof coercion('decimal')(past)).toBe('object');
  }
  await expect(stored('decimal', ['1e131072'])).rejects.toThrow('overflow');
});

it('a json cell is taken by jsonb, and what is refused for its characters is not', async () => {
  const json = fc.jsonValue({ stringUnit: 'binary' });
  const cells = fc.sample(json, { numRuns: 300, seed: 7 }).map((value) => coercion('json')(value));
  const taken = cells.filter((cell) => typeof cell === 'string');
  expect(taken.length).toBeGreaterThan(150);
  expect(await stored('json', taken)).toHaveLength(taken.length);
  await expect(stored('json', ['"\\u0000"'])).rejects.toThrow();
});
