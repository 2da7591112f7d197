import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import { freshGround, type Ground, planOf } from './arrange.ts';

const columns: Column[] = [
  { name: 'id', type: 'integer' },
  { name: 'word', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
];
const rows: CellText[][] = [
  ['1', 'Äpfel', '1.50', 'true', '2024-01-01', '2024-01-01T10:00:00Z', '{}'],
  ['2', 'apple', '10', 'false', '2024-02-29', '2024-01-01T10:00:00.5Z', '[]'],
  ['3', 'Banana', null, null, null, null, null],
  ['4', null, '-2', 'true', '0001-01-01', '2030-01-01T00:00:00Z', '1'],
  ['5', '', '0.3', 'false', '9999-12-31', '1999-12-31T23:00:00Z', '1'],
  ['6', '100%_\\', '1.5', 'true', '2024-01-02', '2024-01-01T08:00:00Z', '1'],
];

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(columns, rows);
});
afterAll(() => ground.close());

async function idsOf(definition: object): Promise<number[]> {
  const plan = planOf(ground.session, dataset, { columns: [{ source: 'id' }], ...definition });
  const found = await asMember(ground.session, ({ client }) =>
    Array.fromAsync(rowBatches(client, plan.select())),
  );
  return found.flat().map(([id]) => Number(id));
}

describe('a sort', () => {
  it('orders text by its bytes, with nulls last in either direction', async () => {
    expect(await idsOf({ sort: [{ field: 'word' }] })).toEqual([5, 6, 3, 2, 1, 4]);
    expect(await idsOf({ sort: [{ field: 'word', direction: 'desc' }] })).toEqual([1, 2, 3, 6, 5, 4]);
  });

  it('orders numbers as numbers, and what is equal by the row’s key', async () => {
    expect(await idsOf({ sort: [{ field: 'price', direction: 'desc' }] })).toEqual([2, 1, 6, 5, 4, 3]);
    expect(await idsOf({ sort: [{ field: 'active', direction: 'desc' }], limit: 3 })).toEqual([1, 4, 6]);
  });

  it.each(['at', 'active', 'word', 'price'])(
    'by %s is by its values, not by how they are written',
    async (field) => {
      const sort = [{ field, direction: 'desc' }];
      const plan = planOf(ground.session, dataset, { sort });
      const found = await asMember(ground.session, ({ client }) =>
        Array.fromAsync(rowBatches(client, plan.select())),
      );
      expect(found.flat().map(([id]) => Number(id))).toEqual(await idsOf({ sort }));
    },
  );

  it('by a time tells fractions of a second apart', async () => {
    const columns = [{ source: 'at' }, { source: 'id' }];
    const plan = planOf(ground.session, dataset, { columns, sort: [{ field: 'at' }] });
    const found = await asMember(ground.session, ({ client }) =>
      Array.fromAsync(rowBatches(client, plan.select())),
    );
    expect(found.flat().map(([, id]) => Number(id))).toEqual([5, 6, 1, 2, 4, 3]);
  });

  it('by json is refused', () => {
    expect(() => planOf(ground.session, dataset, { sort: [{ field: 'data' }] })).toThrow(
      expect.objectContaining({ fields: { 'sort.0.field': expect.any(String) } }),
    );
  });
});

it('rows that are deleted are not exported', async () => {
  const { schema, name } = dataset.table;
  await ground.admin.query(`update ${schema}.${name} set deleted_at = now() where id = 6`);
  expect(await idsOf({})).toEqual([1, 2, 3, 4, 5]);
  await ground.admin.query(`update ${schema}.${name} set deleted_at = null where id = 6`);
});
