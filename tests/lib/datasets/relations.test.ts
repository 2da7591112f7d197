import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import { getDataset, updateDataset } from '#lib/datasets/datasets.ts';
import type { Relation } from '#lib/datasets/relation-schema.ts';
import { datasetPatch } from '#lib/datasets/schema.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { signUp } from '#tests/support/people.ts';

const columns: Column[] = [
  { name: 'sku', type: 'text' },
  { name: 'pieces', type: 'integer' },
  { name: 'data', type: 'json' },
];
const item: Relation = {
  name: 'item',
  dataset: 'inventory_items',
  kind: 'one',
  columns: [{ from: 'sku', to: 'sku' }],
  sameSource: false,
};

let ground: Ground;
let name: string;
beforeAll(async () => {
  ground = await freshGround();
  name = (await ground.dataset(columns, [])).name;
});
afterAll(() => ground.close());

describe('relations', () => {
  it('are there between the built-in datasets from the start', async () => {
    const { relations } = await getDataset(ground.session, 'purchase_orders');
    expect(relations.map(({ name, dataset, kind }) => [name, dataset, kind])).toEqual([
      ['lines', 'purchase_order_lines', 'many'],
      ['vendor', 'vendors', 'one'],
    ]);
    for (const relation of relations)
      expect(datasetPatch.parse({ relations: [relation] })).toEqual({ relations: [relation] });
  });

  it('of the platform stay, whether they are sent along or not, and as they are', async () => {
    const builtIn = (await getDataset(ground.session, 'vendors')).relations;
    expect(builtIn.map((relation) => relation.builtIn)).toEqual([true, true]);
    const own = { ...item, columns: [{ from: 'vendor_id', to: 'preferred_vendor_id' }] };
    const relate = (relations: Relation[]) => updateDataset(ground.session, 'vendors', { relations });
    expect((await relate([own])).relations).toEqual([...builtIn, own]);
    expect((await relate([...builtIn, own])).relations).toEqual([...builtIn, own]);
    await expect(relate([{ ...own, name: 'orders' }])).rejects.toMatchObject({
      fields: { 'relations.0.name': expect.stringContaining('built-in') },
    });
    await expect(relate([{ ...own, builtIn: true }])).rejects.toMatchObject({
      fields: { 'relations.0.builtIn': expect.any(String) },
    });
    expect((await relate([])).relations).toEqual(builtIn);
  });

  it('are declared whole, and kept where only the label changes', async () => {
    expect((await updateDataset(ground.session, name, { relations: [item] })).relations).toEqual([item]);
    const relabelled = await updateDataset(ground.session, name, { label: 'Sold' });
    expect(relabelled).toMatchObject({ label: 'Sold', relations: [item] });
    expect((await updateDataset(ground.session, name, { relations: [] })).relations).toEqual([]);
  });

  it.each<[Partial<Relation>, string]>([
    [{ dataset: 'nothing' }, 'relations.0.dataset'],
    [{ columns: [{ from: 'none', to: 'sku' }] }, 'relations.0.columns.0.from'],
    [{ columns: [{ from: 'sku', to: 'none' }] }, 'relations.0.columns.0.to'],
    [{ columns: [{ from: 'pieces', to: 'sku' }] }, 'relations.0.columns.0.to'],
    [{ columns: [{ from: 'data', to: 'sku' }] }, 'relations.0.columns.0.to'],
  ])('that do not fit are refused: %j', async (wrong, field) => {
    await expect(
      updateDataset(ground.session, name, { relations: [{ ...item, ...wrong }] }),
    ).rejects.toMatchObject({
      fields: { [field]: expect.any(String) },
    });
  });

  it('from a dataset to itself are refused', async () => {
    const itself = { ...item, dataset: name };
    await expect(updateDataset(ground.session, name, { relations: [itself] })).rejects.toMatchObject({
      fields: { 'relations.0.dataset': 'a dataset cannot be related to itself' },
    });
  });

  it('of one name twice are malformed', () => {
    expect(datasetPatch.safeParse({ relations: [item, item] }).error?.issues[0]?.path).toEqual([
      'relations',
      1,
      'name',
    ]);
  });

  it('are changed by editors of the workspace alone', async () => {
    const elsewhere = await signUp(ground.admin);
    await expect(updateDataset(elsewhere, name, { relations: [item] })).rejects.toMatchObject({
      code: 'not_found',
    });
    const viewer = await signUp(ground.admin);
    await ground.admin.query(
      `insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'viewer')`,
      [ground.session.workspaceId, viewer.actor.id],
    );
    const asViewer = { workspaceId: ground.session.workspaceId, actor: viewer.actor };
    await expect(updateDataset(asViewer, name, { relations: [item] })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
