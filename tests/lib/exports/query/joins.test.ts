import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { checkDefinition } from '#lib/exports/check.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { previewExport } from '#lib/exports/preview.ts';
import type { Ground } from '#tests/lib/exports/arrange.ts';
import { ask, choose, refusalOf } from './ask.ts';
import { layOrders } from './orders.ts';

let ground: Ground;
let orders: Dataset;
let lines: Dataset;
let items: Dataset;
beforeAll(async () => {
  ({ ground, orders, lines, items } = await layOrders());
});
afterAll(() => ground.close());

describe('a relation to one row', () => {
  it('adds its columns, the first of several rows counting, of the same source, none of those deleted', async () => {
    const { columns, rows } = await ask(ground, orders, {
      ...choose('order_number', 'total', 'vendor.name', 'vendor.country'),
      sort: [{ field: 'total' }],
    });
    expect(rows).toEqual([
      ['PO-3', '7.00', null, null],
      ['PO-2', '50.00', null, null],
      ['PO-1', '100.00', 'Acme', 'US'],
      ['PO-1', '1000.00', 'Zeta', 'DE'],
    ]);
    expect(columns.map(({ header, label }) => [header, label]).at(2)).toEqual(['vendor.name', 'Name']);
  });

  it('can be filtered and sorted by, alone too', async () => {
    const { rows } = await ask(ground, orders, {
      ...choose('order_number'),
      filter: { field: 'vendor.country', op: 'in', value: ['DE', 'US'] },
      sort: [{ field: 'vendor.name', direction: 'desc' }],
    });
    expect(rows).toEqual([['PO-1'], ['PO-1']]);
  });

  it('leads on to others', async () => {
    const { rows } = await ask(ground, lines, {
      ...choose('sku', 'item.name', 'item.vendor.name', 'order.vendor.name'),
      filter: { field: 'currency', op: 'eq', value: 'USD' },
      sort: [{ field: 'line_total', direction: 'desc' }],
    });
    expect(rows).toEqual([
      ['A', 'Anvil', 'Acme', 'Acme'],
      ['A', 'Anvil', 'Acme', null],
      ['B', 'Bolt', null, 'Acme'],
      ['C', null, null, null],
    ]);
  });
});

describe('a relation to many rows', () => {
  it('gives a row each, and one to a row without any', async () => {
    const { rows } = await ask(ground, orders, {
      ...choose('order_number', 'total', 'lines.line_number', 'lines.item.name'),
      sort: [{ field: 'total' }],
    });
    expect(rows).toEqual([
      ['PO-3', '7.00', null, null],
      ['PO-2', '50.00', '1', 'Anvil'],
      ['PO-1', '100.00', '1', 'Anvil'],
      ['PO-1', '100.00', '2', 'Bolt'],
      ['PO-1', '1000.00', '1', 'Anvil'],
    ]);
  });

  it('tells which numbers stand once for each of them', async () => {
    const { columns } = await ask(ground, orders, {
      ...choose('order_number', 'total', 'lines.line_total', '_status', 'lines.item.name'),
      sort: [{ field: 'vendor.name' }],
    });
    expect(columns.map(({ repeatedFor }) => repeatedFor)).toEqual([
      undefined,
      'lines',
      undefined,
      undefined,
      undefined,
    ]);
    const alone = await ask(ground, orders, {
      ...choose('total', 'vendor.name'),
      filter: { field: 'lines.sku', op: 'eq', value: 'A' },
    });
    expect(alone.columns).not.toContainEqual(expect.objectContaining({ repeatedFor: expect.anything() }));
  });

  it('is aggregated within the groups of the row’s own and other relations’ columns', async () => {
    const { rows } = await ask(ground, orders, {
      groupBy: [{ field: 'vendor.name' }, { field: 'lines.currency' }],
      aggregates: [
        { function: 'sum', field: 'lines.line_total' },
        { function: 'count', field: 'lines.sku' },
        { function: 'countDistinct', field: 'order_number' },
      ],
    });
    expect(rows).toEqual([
      ['Acme', 'USD', '100.00', '2', '1'],
      ['Zeta', 'EUR', '1000.00', '1', '1'],
      [null, 'USD', '50.00', '1', '1'],
      [null, null, null, '0', '1'],
    ]);
  });

  it('makes the columns of a pivot', async () => {
    const { columns, rows } = await ask(ground, orders, {
      pivot: {
        rows: [{ field: 'currency' }],
        column: { field: 'lines.sku' },
        value: { function: 'sum', field: 'lines.line_number' },
      },
    });
    expect(columns.map(({ header }) => header)).toEqual(['currency', 'A', 'B', '(none)']);
    expect(rows).toEqual([
      ['EUR', '1', null, null],
      ['USD', '2', '2', null],
    ]);
  });

  it.each([
    [{ aggregates: [{ function: 'count' }] }, 'aggregates.0'],
    [{ aggregates: [{ function: 'avg', field: 'total' }] }, 'aggregates.0'],
    [{ aggregates: [{ function: 'count', field: 'vendor.name' }] }, 'aggregates.0'],
  ])('does not let a value count several times: %j', async (wrong, place) => {
    const query = { groupBy: [{ field: 'currency' }, { field: 'lines.sku' }] };
    expect(await refusalOf(ground, orders, { ...query, ...wrong })).toHaveProperty([place]);
  });

  it('is not multiplied with another', async () => {
    const both = choose('sku', 'order_lines.line_number', 'ledger.amount');
    expect(await refusalOf(ground, items, both)).toEqual({
      'columns.2.source': expect.stringMatching(/"order_lines" and "ledger" have many rows each/),
    });
  });
});

describe('a name along relations', () => {
  it.each([
    ['vendor.none', /has no column "vendor.none".* or follow lines, vendor/],
    ['nobody.name', /has no column/],
    ['vendor', /has no column/],
    ['lines.order.total', /goes in a circle/],
    ['vendor.items.vendor.name', /goes in a circle/],
  ])('%s is refused where it leads nowhere', async (source, reason) => {
    expect(await refusalOf(ground, orders, choose(source))).toEqual({
      'columns.0.source': expect.stringMatching(reason),
    });
  });

  it('that could be two columns is refused', async () => {
    const odd: Column[] = [
      { name: 'sku', type: 'text' },
      { name: 'item.name', type: 'text' },
    ];
    const plain = await ground.dataset(odd, [['A', 'own']]);
    expect((await ask(ground, plain, choose('item.name'))).rows).toEqual([['own']]);
    const relation = {
      name: 'item',
      dataset: 'inventory_items',
      kind: 'one',
      columns: [{ from: 'sku', to: 'sku' }],
    };
    await ground.admin.query('update datasets set relations = $1 where id = $2', [
      JSON.stringify([relation]),
      plain.id,
    ]);
    const related = await asMember(ground.session, (tx) => findDataset(tx, plain.name));
    expect(await refusalOf(ground, related, choose('item.name'))).toEqual({
      'columns.0.source': expect.stringMatching(/could be two columns/),
    });
  });
});

it('what is joined or grouped is exported in full or by its differences alone', async () => {
  const check = (definition: object) =>
    asMember(ground.session, (tx) =>
      checkDefinition(
        tx,
        ground.session,
        exportDefinition.parse({ name: 'test', dataset: orders.name, mode: 'incremental', ...definition }),
      ),
    );
  const refused = expect.objectContaining({ fields: { mode: expect.stringContaining('have no revision') } });
  await expect(check(choose('vendor.name'))).rejects.toThrow(refused);
  await expect(check({ filter: { field: 'vendor.name', op: 'isNull' } })).rejects.toThrow(refused);
  await expect(check({ groupBy: [{ field: 'status' }] })).rejects.toThrow(refused);
  expect((await check(choose('vendor_id'))).plan.isTracked).toBe(true);
});

it('a preview says how many rows a comparison along a relation cannot find', async () => {
  const definition = exportDefinition.parse({
    name: 'test',
    dataset: orders.name,
    ...choose('order_number'),
    filter: { field: 'vendor.country', op: 'ne', value: 'FR' },
  });
  const { nullCounts, rows } = await previewExport(ground.session, definition);
  expect({ nullCounts, rows: rows.length }).toEqual({ nullCounts: { 'vendor.country': 2 }, rows: 2 });
});

it('amounts of several currencies are put together within each alone', async () => {
  const sum = { aggregates: [{ function: 'sum', field: 'total' }] };
  expect(await refusalOf(ground, orders, sum)).toEqual({
    'aggregates.0': expect.stringContaining('group by "currency" too'),
  });
  expect(
    await refusalOf(ground, orders, { aggregates: [{ function: 'max', field: 'lines.line_total' }] }),
  ).toEqual({ 'aggregates.0': expect.stringContaining('group by "lines.currency" too') });
  const grouped = await ask(ground, orders, { ...sum, groupBy: [{ field: 'currency' }] });
  expect(grouped.rows).toEqual([
    ['EUR', '1007.00'],
    ['USD', '150.00'],
  ]);
  const filter = { and: [{ field: 'currency', op: 'eq', value: 'EUR' }] };
  expect((await ask(ground, orders, { ...sum, filter })).rows).toEqual([['1007.00']]);
  const either = {
    or: [
      { field: 'currency', op: 'eq', value: 'EUR' },
      { field: 'total', op: 'gt', value: 0 },
    ],
  };
  expect(await refusalOf(ground, orders, { ...sum, filter: either })).toHaveProperty(['aggregates.0']);
});
