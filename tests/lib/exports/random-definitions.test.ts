import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { freshGround, type Ground } from './arrange.ts';
import { type Answer, ask } from './query/ask.ts';
import { answer } from './random/answer.ts';
import { columns, now, randomRows } from './random/columns.ts';
import { definitions } from './random/definitions.ts';
import { scaled } from './random/values.ts';

const SEED = 20_261_122;
const rows = randomRows(150, SEED);

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  const cells = rows.map((row) => columns.map(({ name }) => row[name] ?? null));
  dataset = await ground.dataset(columns, cells);
  await stopTheClock();
});
afterAll(() => ground.close());

/** Later connections find this clock before Postgres' own. */
async function stopTheClock(): Promise<void> {
  const { rows } = await ground.admin.query('select current_database() as name');
  await ground.admin.query(`create schema clock; grant usage on schema clock to public;
    create function clock.now() returns timestamptz language sql stable return timestamptz '${now}';
    alter database ${rows[0].name} set search_path to clock, pg_catalog, public, extensions`);
}

/** Postgres gives an average 16 digits at the least. */
const AVERAGE_DIGITS = 10n ** 15n;

/** The rows with their numbers as they are expected where they are the same: sums may end in noughts. */
function alike({ columns, rows }: Answer, wanted: readonly (readonly CellText[])[]): CellText[][] {
  return rows.map((row, at) =>
    row.map((cell, place) => {
      const other = wanted[at]?.[place] ?? null;
      const { source = '', type } = columns[place] ?? {};
      if (cell === null || other === null || type !== 'decimal') return cell;
      const [given, exact] = [scaled(cell), scaled(other)];
      const far = source.startsWith('avg_') ? sizeOf(exact) / AVERAGE_DIGITS : 0n;
      return sizeOf(given - exact) <= far ? other : cell;
    }),
  );
}

function sizeOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}

it('any definition gives the rows that it gives when it is computed in memory', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(definitions, async (asked) => {
      const given = await ask(ground, dataset, asked.definition);
      const { names, rows: wanted } = answer(asked, rows);
      found += wanted.length;
      expect(given.columns.map(({ source }) => source)).toEqual(names);
      expect(asked.definition.aggregates === undefined ? given.rows : alike(given, wanted)).toEqual(wanted);
    }),
    { seed: SEED, numRuns: process.env.DEEP ? 1_000 : 100 },
  );
  expect(found).toBeGreaterThan(500);
});
