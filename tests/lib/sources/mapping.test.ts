import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetsOverview } from '#lib/datasets/overview.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { countRows } from '#lib/sources/row-counts.ts';
import { createSource } from '#lib/sources/sources.ts';
import { type Ground, newDataset, prepareGround, rowsOf, syncCounts } from '#tests/lib/sync/arrange.ts';

let ground: Ground;
let orders: Dataset;
let lines: Dataset;
beforeAll(async () => {
  ground = await prepareGround();
  orders = await newDataset(
    ground.session,
    'orders',
    [
      { name: 'no', type: 'text' },
      { name: 'total', type: 'decimal' },
      { name: 'currency', type: 'text' },
      { name: 'placed_at', type: 'timestamp' },
    ],
    ['no'],
  );
  lines = await newDataset(
    ground.session,
    'lines',
    [
      { name: 'no', type: 'text' },
      { name: 'line', type: 'integer' },
      { name: 'sku', type: 'text' },
      { name: 'amount', type: 'decimal' },
    ],
    ['no', 'line'],
  );
});
afterAll(() => ground.close());

const fields = {
  no: 'head.no',
  total: { from: 'Total', transform: [{ name: 'number', locale: 'de-DE' }] },
  currency: { from: 'Total', transform: ['currency'] },
  placed_at: { from: 'At', transform: [{ name: 'timestamp', zone: 'Europe/Berlin' }] },
};
const also = [
  {
    dataset: 'lines',
    each: 'lines',
    fields: { no: 'parent.head.no', line: 'index', sku: 'sku', amount: { expression: 'price * qty' } },
  },
];
const mapping = {
  dataset: 'orders',
  fields,
  also,
  keepExtra: true,
  columns: ['head', 'Total', 'At', 'lines'],
};

function input(streams: unknown) {
  const config = { url: `${ground.source.url}/orders.json` };
  return sourceInput.parse({ sourceType: 'json', displayName: 'Orders', config, streams });
}

describe('a mapping of orders with their lines', () => {
  it('brings both into their datasets, and counts the rows of both as the source’s', async () => {
    ground.source.bodies.set(
      '/orders.json',
      `[{ "head": { "no": "A1" }, "Total": "€ 1.234,50", "At": "2026-07-01 12:00", "Note": 1.10,
          "lines": [{ "sku": "a", "price": 1.10, "qty": "2" }, { "sku": "b", "price": 12345678901234567890, "qty": 1 }] },
        { "head": { "no": "A2" }, "lines": [{ "sku": "c", "price": "x", "qty": 1 }] }]`,
    );
    const made = await createSource(ground.session, input({ rows: mapping }));
    expect(made.streams.rows).toEqual(mapping);
    await syncCounts(ground, made.id);
    expect(await rowsOf(ground, orders, made.id)).toMatchObject([
      {
        no: 'A1',
        total: '1234.50',
        currency: 'EUR',
        placed_at: new Date('2026-07-01T10:00:00Z'),
        extra: { Note: 1.1, head: { no: 'A1' } },
      },
      { no: 'A2', total: null, currency: null, extra: { head: { no: 'A2' } } },
    ]);
    expect(await rowsOf(ground, lines, made.id)).toMatchObject([
      { external_id: '["A1","1"]', parent_external_id: 'A1', sku: 'a', amount: '2.20' },
      { external_id: '["A1","2"]', parent_external_id: 'A1', sku: 'b', amount: '12345678901234567890' },
    ]);
    expect((await countRows(ground.session, [made])).get(made.id)).toBe(4);
    const overview = await datasetsOverview(ground.session);
    const fed = overview.filter(({ sources }) => sources.some(({ id }) => id === made.id));
    expect(fed.map(({ name }) => name).sort()).toEqual(['lines', 'orders']);
  });

  it('that is wrong in several places is refused with every one of them', async () => {
    const wrong = {
      rows: {
        ...mapping,
        fields: { ...fields, colour: 'c', total: { expression: '[1]' } },
        also: [{ ...also[0], fields: { no: 'parent.head.no', sku: { expression: 'parent' } } }],
      },
      other: mapping,
    };
    await expect(createSource(ground.session, input(wrong))).rejects.toMatchObject({
      code: 'invalid',
      fields: {
        'streams.rows.fields.colour': 'the dataset has no such column',
        'streams.rows.fields.total': expect.stringContaining('gives a list'),
        'streams.rows.also.0.fields.line': 'belongs to the key and must be mapped',
        'streams.rows.also.0.fields.sku': expect.stringMatching(/^character 1: say which column/),
        'streams.other': expect.stringContaining('has no such stream; it has: rows'),
      },
    });
  });

  it.each([
    [{ ...mapping, dataset: 'gone' }, 'dataset', /no dataset named "gone"/],
    [{ ...mapping, also: [{ ...also[0], dataset: 'gone' }] }, 'also.0.dataset', /no dataset named "gone"/],
    [
      { ...mapping, also: [{ ...also[0], dataset: 'orders' }] },
      'also.0.dataset',
      /filled by this stream already/,
    ],
  ])('onto a dataset that it cannot fill is refused: %#', async (rows, place, reason) => {
    await expect(createSource(ground.session, input({ rows }))).rejects.toMatchObject({
      fields: { [`streams.rows.${place}`]: expect.stringMatching(reason) },
    });
  });
});
