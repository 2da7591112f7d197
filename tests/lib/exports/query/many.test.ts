import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataset, updateDataset } from '#lib/datasets/datasets.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { viewSchema } from '#lib/datasets/schema.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Ground } from '#tests/lib/exports/arrange.ts';
import { ask, choose, refusalOf } from './ask.ts';
import { layOrders } from './orders.ts';

let ground: Ground;
let orders: Dataset;
let items: Dataset;
beforeAll(async () => {
  ({ ground, orders, items } = await layOrders());
});
afterAll(() => ground.close());

describe('a condition along a relation to many rows', () => {
  const withLines = { field: 'lines.line_number', op: 'gt', value: 0 };

  it.each([
    [{ filter: withLines }, ['PO-2', 'PO-1', 'PO-1']],
    [{ expression: 'lines.line_number > 0' }, ['PO-2', 'PO-1', 'PO-1']],
    [{ filter: { field: 'lines.sku', op: 'isNull' } }, ['PO-3']],
    [{ filter: { not: { field: 'lines.sku', op: 'eq', value: 'A' } } }, ['PO-1']],
    [{ filter: { field: 'lines.item.name', op: 'eq', value: 'Bolt' } }, ['PO-1']],
    [
      {
        filter: { and: [withLines, { field: 'lines.sku', op: 'eq', value: 'B' }] },
        expression: 'total > 100',
      },
      [],
    ],
    [{ filter: withLines, expression: 'vendor.country == "US"' }, ['PO-1']],
  ])('keeps a row once, where one of its own meets all of it: %j', async (condition, numbers) => {
    const { rows } = await ask(ground, orders, {
      ...choose('order_number'),
      ...condition,
      sort: [{ field: 'total' }],
    });
    expect(rows.flat()).toEqual(numbers);
  });

  it('keeps those of the many that are shown', async () => {
    const { rows } = await ask(ground, orders, {
      ...choose('order_number', 'lines.sku'),
      filter: { field: 'lines.line_number', op: 'eq', value: 1 },
      sort: [{ field: 'total' }],
    });
    expect(rows).toEqual([
      ['PO-2', 'A'],
      ['PO-1', 'A'],
      ['PO-1', 'A'],
    ]);
  });

  it('lets each row be counted once', async () => {
    const { rows } = await ask(ground, orders, {
      groupBy: [{ field: 'currency' }],
      aggregates: [{ function: 'count' }, { function: 'sum', field: 'total' }],
      filter: withLines,
    });
    expect(rows).toEqual([
      ['EUR', '1', '1000.00'],
      ['USD', '2', '150.00'],
    ]);
    const { rows: pivot } = await ask(ground, orders, {
      pivot: {
        rows: [{ field: 'order_number' }],
        column: { field: 'currency' },
        value: { function: 'count' },
      },
      filter: withLines,
    });
    expect(pivot).toEqual([
      ['PO-1', '1', '1'],
      ['PO-2', '0', '1'],
    ]);
  });

  it('stands beside columns of another such relation, whose rows it does not multiply', async () => {
    const { rows } = await ask(ground, items, {
      ...choose('sku', 'order_lines.order_number'),
      filter: { field: 'ledger.amount', op: 'isNull' },
      sort: [{ field: 'sku' }, { field: 'order_lines.line_total' }],
    });
    expect(rows).toEqual([
      ['A', 'PO-2'],
      ['A', 'PO-1'],
      ['A', 'PO-1'],
      ['B', 'PO-1'],
    ]);
  });

  it('takes each row of a view by itself, those that are alike and those without values too', async () => {
    await ground.admin.query(`create view public.orders_twice with (security_invoker = true) as
      select workspace_id, order_number, vendor_id, total from purchase_orders, generate_series(1, 2);
      grant select on public.orders_twice to entrepot_member`);
    const view = { kind: 'view', name: 'twice', label: 'Twice', view: 'public.orders_twice' };
    await createDataset(ground.session, viewSchema.parse({ ...view, key: ['order_number'] }));
    const columns = [{ from: 'order_number', to: 'order_number' }];
    const lines = { name: 'lines', dataset: 'purchase_order_lines', kind: 'many', columns } as const;
    await updateDataset(ground.session, 'twice', { relations: [{ ...lines, sameSource: false }] });
    const twice = await asMember(ground.session, (tx) => findDataset(tx, 'twice'));
    const totals = async (filter: object, expression?: string) => {
      const asked = { ...choose('total'), filter, expression, sort: [{ field: 'total' }] };
      return (await ask(ground, twice, asked)).rows.flat();
    };
    expect(await totals({ field: 'lines.sku', op: 'isNull' })).toEqual(['7.00', '7.00']);
    expect(await totals(withLines, 'total > 60')).toEqual(['100.00', '100.00', '1000.00', '1000.00']);
    expect(await totals(withLines, 'total > 600')).toEqual(['1000.00', '1000.00']);
  });
});

describe('a sort along a relation to many rows', () => {
  it('needs one of them in each row', async () => {
    const sorted = (...chosen: string[]) => ({ ...choose(...chosen), sort: [{ field: 'lines.sku' }] });
    expect(await refusalOf(ground, orders, sorted('order_number'))).toEqual({
      'sort.0.field': expect.stringMatching(/choose a column of "lines" too/),
    });
    const { rows } = await ask(ground, orders, sorted('lines.sku', 'order_number'));
    expect(rows.map(([sku]) => sku)).toEqual(['A', 'A', 'A', 'B', null]);
  });
});
