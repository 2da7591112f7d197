import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Relation } from '#lib/datasets/relation-schema.ts';
import { changeDataset } from '#lib/exports/change-dataset.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport } from '#lib/exports/exports.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';

const columns: Column[] = [
  { name: 'sku', type: 'text' },
  { name: 'pieces', type: 'integer' },
];
const item: Relation = {
  name: 'item',
  dataset: 'inventory_items',
  kind: 'one',
  columns: [{ from: 'sku', to: 'sku' }],
  sameSource: false,
};

let ground: Ground;
let sold: Dataset;
beforeAll(async () => {
  ground = await freshGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  await ground.admin.query('delete from exports');
  sold = await ground.dataset(columns, []);
  await changeDataset(ground.session, sold.name, { relations: [item] });
});

const save = (name: string, query: object) =>
  createExport(ground.session, exportDefinition.parse({ name, ...query }));
const relate = (relations: Relation[]) => changeDataset(ground.session, sold.name, { relations });

describe('a relation', () => {
  it.each<[string, object]>([
    ['columns', { columns: [{ source: 'sku' }, { source: 'item.name' }] }],
    ['a filter', { filter: { field: 'item.name', op: 'isNull' } }],
    ['an expression', { expression: 'item.name == "Cup"' }],
    ['groups', { groupBy: [{ field: 'item.name' }], aggregates: [{ function: 'count' }] }],
    [
      'a pivot',
      {
        pivot: {
          rows: [{ field: 'sku' }],
          column: { field: 'item.name' },
          value: { function: 'sum', field: 'pieces' },
        },
      },
    ],
    ['a further relation', { columns: [{ source: 'item.vendor.name' }] }],
  ])('that an export needs for %s stays', async (what, query) => {
    await save(`Needs it for ${what}`, { dataset: sold.name, ...query });
    await save('Needs it not', { dataset: sold.name });
    await expect(relate([])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`the export "Needs it for ${what}" would no longer find`),
    });
    expect((await relate([{ ...item, label: 'What was sold' }])).relations).toHaveLength(1);
  });

  it('that a further table needs stays', async () => {
    const tables = [{ name: 'Sold', dataset: sold.name, columns: [{ source: 'item.name' }] }];
    await save('Two tables', { dataset: 'vendors', tables });
    await expect(relate([])).rejects.toThrow('"Two tables"');
  });

  it('can go as soon as nothing needs it, also while an export fails for another reason', async () => {
    await save('Fails', { dataset: sold.name, columns: [{ source: 'item.name' }] });
    await ground.admin.query(
      `update exports set definition = jsonb_set(definition, '{columns,0,source}', '"gone"')`,
    );
    expect((await relate([])).relations).toEqual([]);
  });
});
