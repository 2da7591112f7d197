import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapPreviewInput, previewMapping } from '#lib/sources/map-preview.ts';
import { type Ground, newDataset, newOwner, prepareGround } from '#tests/lib/sync/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
  await newDataset(ground.session, 'goods', columns, ['sku']);
});
afterAll(() => ground.close());

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'tags', type: 'json' },
] as const;
const madeNow = { columns: [...columns], key: ['sku'] };
const fields = { sku: 'SKU', price: 'Price' };

function preview(input: Record<string, unknown>, connector = 'json') {
  const parsed = mapPreviewInput.parse({ stream: 'rows', dataset: 'goods', ...input });
  return previewMapping(ground.session, connector, parsed);
}

describe('a mapped preview', () => {
  it.each([
    ['that is there', 'goods'],
    ['that is yet to be made', madeNow],
  ])('shows rows and rejects for a dataset %s', async (_which, dataset) => {
    const rows = JSON.stringify([
      { SKU: 'a', Price: 1.5 },
      { SKU: 'b', Price: 'dear' },
      { SKU: null, Price: 2 },
    ]);
    expect(await preview({ dataset, fields, rows })).toEqual({
      fields,
      columns: columns.slice(0, 2),
      rows: [{ row: 1, externalId: 'a', values: ['a', '1.5'] }],
      rejects: [
        { row: 2, field: 'price', reason: 'is not a number', value: 'dear' },
        { row: 3, field: 'sku', reason: 'belongs to the key and is empty', value: null },
      ],
      also: [],
    });
  });

  it('keeps every digit of a number', async () => {
    const rows = '[{ "SKU": 12345678901234567890, "Price": 1.10 }]';
    const { rows: mapped } = await preview({ fields, rows });
    expect(mapped[0]?.values).toEqual(['12345678901234567890', '1.10']);
  });

  it('suggests the fields where none are given, and waits for the key', async () => {
    const rows = '[{ "Sku": "a", "PRICE": "$ 1,000" }]';
    const suggested = await preview({ rows });
    expect(suggested.fields).toEqual({ sku: 'Sku', price: { from: 'PRICE', transform: ['number'] } });
    expect(suggested.rows[0]?.values).toEqual(['a', '1000']);
    expect(await preview({ rows: '[{ "price": 1 }]' })).toMatchObject({
      fields: { price: 'price' },
      rows: [],
    });
  });

  it('reads a text as the stream of that connector does', async () => {
    const asked = { fields: { sku: 'sku', tags: 'tags' }, rows: '[{ "sku": "a", "tags": "[1]" }]' };
    expect((await preview(asked, 'csv')).rows[0]?.values).toEqual(['a', '[1]']);
    expect((await preview(asked, 'json')).rows[0]?.values).toEqual(['a', '"[1]"']);
  });

  it('shows what the items of a list become, each dataset by itself, and a bad item by its place', async () => {
    const asked = {
      fields,
      keepExtra: true,
      also: [
        {
          dataset: { columns: [...columns, { name: 'line', type: 'integer' }], key: ['sku', 'line'] },
          each: 'lines',
          fields: { sku: 'parent.SKU', line: 'index', price: { expression: 'p * q' } },
        },
      ],
      rows: '[{ "SKU": "a", "Note": 1.10, "lines": [{ "p": 1.10, "q": 2 }, { "p": "x", "q": 1 }] }]',
    };
    const shown = await preview(asked);
    expect(shown.columns.map(({ name }) => name)).toEqual(['sku', 'price', 'extra']);
    expect(shown.rows).toEqual([{ row: 1, externalId: 'a', values: ['a', null, '{"Note":1.10}'] }]);
    expect(shown.also[0]?.columns.map(({ name }) => name)).toEqual([
      'sku',
      'price',
      'line',
      'extra',
      'parent_external_id',
    ]);
    expect(shown.also[0]?.rows).toEqual([
      { row: 1, externalId: '["a","1"]', values: ['a', '2.20', '1', '{"p":1.10,"q":2}', 'a'] },
    ]);
    expect(shown.rejects).toEqual([
      {
        row: 1,
        place: 'lines[1]',
        field: 'price',
        reason: 'cannot be computed: it has "x" where a number is needed',
        value: { p: 'x', q: 1 },
      },
    ]);
  });

  it('suggests what lies within columns, and for a list what its items, their row and their place have', async () => {
    const lines = {
      columns: [
        { name: 'order_number', type: 'text' },
        { name: 'line_number', type: 'integer' },
        { name: 'sku', type: 'text' },
      ],
      key: ['order_number', 'line_number'],
    };
    const dataset = {
      columns: [
        { name: 'order_number', type: 'text' },
        { name: 'city', type: 'text' },
      ],
      key: ['order_number'],
    };
    const rows =
      '[{ "orderNumber": "1", "ship": { "city": "X" }, "lines": [{ "sku": "a" }, { "sku": "b" }] }]';
    const shown = await preview({ dataset, also: [{ dataset: lines, each: 'lines' }], rows });
    expect(shown.fields).toEqual({ order_number: 'orderNumber', city: 'ship.city' });
    expect(shown.also[0]?.fields).toEqual({
      order_number: 'parent.orderNumber',
      line_number: 'index',
      sku: 'sku',
    });
    expect(shown.also[0]?.rows.map(({ values }) => values)).toEqual([
      ['1', '1', 'a', '1'],
      ['1', '2', 'b', '1'],
    ]);
  });

  it('refuses an expression with the place of its mistake, and lists of a table of texts', async () => {
    const rows = '[]';
    const wrong = { ...fields, price: { expression: 'Price * double(2)' } };
    expect(() => mapPreviewInput.parse({ stream: 'rows', dataset: 'goods', fields: wrong, rows })).toThrow(
      /character 9: double\(\) is not offered/,
    );
    const also = [{ dataset: madeNow, each: 'lines', fields: { sku: { expression: 'parent' } } }];
    await expect(preview({ fields, also, rows })).rejects.toMatchObject({
      fields: { 'also.0.fields.sku': expect.stringMatching(/^character 1: say which column/) },
    });
    const flat = [{ dataset: madeNow, each: 'lines', fields: { sku: 'SKU' } }];
    await expect(preview({ fields, also: flat, rows }, 'csv')).rejects.toMatchObject({
      fields: { also: expect.stringContaining('no lists') },
    });
  });

  it('refuses what cannot be a mapping, by name', async () => {
    const rows = '[]';
    await expect(preview({ fields: { price: 'x' }, rows })).rejects.toMatchObject({
      code: 'invalid',
      fields: { 'fields.sku': 'belongs to the key and must be mapped' },
    });
    await expect(preview({ fields, rows, stream: 'orders' })).rejects.toMatchObject({ code: 'not_found' });
    for (const wrong of ['{', '{}', '[1]', JSON.stringify(Array(51).fill({}))]) {
      expect(() => preview({ fields, rows: wrong })).toThrow(/at most 50 objects/);
    }
  });

  it('finds no dataset of another workspace', async () => {
    const stranger = await newOwner(ground.database);
    const input = mapPreviewInput.parse({ stream: 'rows', dataset: 'goods', rows: '[]' });
    await expect(previewMapping(stranger, 'csv', input)).rejects.toMatchObject({ code: 'not_found' });
  });
});
