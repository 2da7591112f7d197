import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { asMember } from '#lib/db/as-member.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { profile } from '#lib/exports/profile.ts';
import { planOf } from './arrange.ts';
import { layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());

const rows: CellText[][] = Array.from({ length: 40 }, (_, place) => [
  place === 3 ? '=1+1' : `n${place}`,
  place === 7 || place === 8 ? null : String(place),
  null,
  place % 2 === 0 ? 'even' : null,
]);

const newDataset = () =>
  ground.dataset(
    [
      { name: 'code', type: 'text' },
      { name: 'tax', type: 'decimal' },
      { name: 'nothing', type: 'text' },
      { name: 'now and then', type: 'text' },
    ],
    rows,
  );

async function warningsOf(definition: object) {
  const dataset = await newDataset();
  const { id } = await ground.define(dataset.name, definition);
  return (await ground.runToEnd(id)).warnings;
}

const expected = [
  {
    type: 'cell_neutralised',
    message: 'One cell of “code” begins like a formula: a mark before it keeps spreadsheets from running it.',
    affectedItems: 1,
    examples: ['=1+1'],
  },
  { type: 'empty_column', message: '“nothing” is empty in every row.', affectedItems: 40 },
  {
    type: 'missing_field',
    message: '“tax” is missing in 2 rows.',
    affectedItems: 2,
    examples: ['000007', '000008'],
  },
];
const byType = (warnings: readonly unknown[]) =>
  warnings.toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));

it.each([{}, { format: { type: 'csv', options: { lineEnd: 'crlf' } } }, { split: { rows: 15 } }])(
  'a run with %j tells of fields that few rows lack, columns that all lack, and cells kept from running',
  async (definition) => {
    const found = await warningsOf(definition);
    expect(found).toHaveLength(3);
    expect(byType(found)).toMatchObject(byType(expected));
  },
);

it('tells nothing of what lies past the limit', async () => {
  expect(await warningsOf({ limit: 3, columns: [{ source: 'code' }, { source: 'tax' }] })).toEqual([]);
});

it('two looks at the rows tell of all columns', async () => {
  const dataset = await newDataset();
  const definition = exportDefinition.parse({ name: 'test', dataset: dataset.name });
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const found = await asMember(ground.session, (tx) => {
    const plan = planOf(ground.session, dataset);
    const counted = { ...tx, db: tx.db.withPlugin(counting) };
    return profile(counted, { ...definition, dataset, plan, guarded: true });
  });
  expect(byType(found)).toMatchObject(byType(expected));
  expect(statements).toBe(2);
});
