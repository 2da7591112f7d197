import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import { getDataset, updateDataset } from '#lib/datasets/datasets.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';

const columns: Column[] = [
  { name: 'number', type: 'text', label: 'Order' },
  { name: 'buyer', type: 'text' },
  { name: 'total', type: 'decimal' },
];

let ground: Ground;
let name: string;
beforeAll(async () => {
  ground = await freshGround();
  name = (await ground.dataset(columns, [['1', 'Anna', '2']])).name;
});
afterAll(() => ground.close());

describe('columns', () => {
  it('are described one by one, and keep what is not said', async () => {
    const patch = {
      columns: [
        { name: 'buyer', personal: true },
        { name: 'total', label: 'Sum' },
      ],
    };
    const changed = await updateDataset(ground.session, name, patch);
    expect(changed.columns).toEqual([
      columns[0],
      { ...columns[1], personal: true },
      { ...columns[2], label: 'Sum' },
    ]);
    await updateDataset(ground.session, name, { columns: [{ name: 'buyer', personal: false }] });
    expect((await getDataset(ground.session, name)).columns[1]).toMatchObject({ personal: false });
  });

  it('of a built-in dataset are described for the workspace alone', async () => {
    const patch = { columns: [{ name: 'contact_email', personal: true }] };
    const { columns: vendors } = await updateDataset(ground.session, 'vendors', patch);
    expect(vendors.find((column) => column.name === 'contact_email')).toMatchObject({ personal: true });
  });

  it.each([
    [{ name: 'none' }, 'columns.0.name'],
    [{ name: 'total', currency: 'total' }, 'columns.0.currency'],
  ])('are refused as %j', async (column, place) => {
    await expect(updateDataset(ground.session, name, { columns: [column] })).rejects.toMatchObject({
      fields: { [place]: expect.any(String) },
    });
  });
});
