import { type KyselyPlugin, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { updateDataset } from '#lib/datasets/datasets.ts';
import { asMember } from '#lib/db/as-member.ts';
import { profile } from '#lib/exports/profile.ts';
import { profileWithin } from '#lib/exports/profile-within.ts';
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
    return profile(counted, { ...plan, keyed: plan.keyed(), guarded: true });
  });
  expect(byType(found)).toMatchObject(byType(expected));
  expect(statements).toBe(2);
});

describe('rows that lack something', () => {
  async function ordersOfPeople() {
    const people = await ground.dataset(
      [
        { name: 'person', type: 'text' },
        { name: 'email', type: 'text', personal: true },
      ],
      rows.map((_, place) => [`p${place}`, `person${place}@example.org`]),
    );
    const orders = await ground.dataset(
      [
        { name: 'order', type: 'text' },
        { name: 'person', type: 'text' },
        { name: 'amount', type: 'decimal' },
      ],
      rows.map((_, place) => [`o${place}`, `p${place}`, place === 7 ? null : '1']),
    );
    const columns = [{ from: 'person', to: 'person' }];
    const relation = {
      name: 'buyer',
      dataset: people.name,
      kind: 'one',
      columns,
      sameSource: false,
    } as const;
    await updateDataset(ground.session, orders.name, { relations: [relation] });
    return orders;
  }

  it.each<[string, object, string]>([
    ['their groups, unless those tell of people', { groupBy: [{ field: 'order' }] }, 'o7'],
    ['a mask where their groups tell of people', { groupBy: [{ field: 'buyer.email' }] }, '***'],
  ])('are named by %s', async (_, groups, example) => {
    const { name } = await ordersOfPeople();
    const { id } = await ground.define(name, {
      ...groups,
      aggregates: [{ function: 'sum', field: 'amount' }],
    });
    expect((await ground.runToEnd(id)).warnings).toMatchObject([{ examples: [example] }]);
  });

  it('are named as their source names them where they have related ones', async () => {
    const { name } = await ordersOfPeople();
    const columns = [{ source: 'order' }, { source: 'buyer.person' }, { source: 'amount' }];
    const { id } = await ground.define(name, { columns });
    expect((await ground.runToEnd(id)).warnings).toMatchObject([{ examples: ['000007'] }]);
  });
});

it('what cannot be looked through in time is said not to have been, and nothing else is lost', async () => {
  const dataset = await newDataset();
  await asMember(ground.session, async (tx) => {
    const plan = planOf(ground.session, dataset);
    const keyed = sql`select k.* from (${plan.keyed()}) as k, pg_sleep(20)`;
    const found = await profileWithin(tx, { ...plan, keyed, guarded: true }, 100);
    expect(found).toMatchObject([{ type: 'not_checked' }]);
    expect(await profileWithin(tx, { ...plan, keyed: plan.keyed(), guarded: true }, 20_000)).toHaveLength(3);
  });
});
