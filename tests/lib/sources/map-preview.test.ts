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
