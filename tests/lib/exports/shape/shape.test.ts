import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExport } from '#lib/exports/exports.ts';
import { previewExport } from '#lib/exports/preview.ts';
import { chosen, layOrders } from './orders.ts';

let ground: Awaited<ReturnType<typeof layOrders>>;
beforeAll(async () => {
  ground = await layOrders();
});
afterAll(() => ground.close());

const definitionOf = (definition: object) => ground.definitionOf(definition);
const run = (definition: object) => ground.run(definition);

describe('columns of an export', () => {
  it('are what their transforms make of them', async () => {
    const { lines } = await run({
      columns: [
        {
          source: 'number',
          transform: { name: 'concat', options: { columns: ['currency', 'ordered'], separator: '/' } },
        },
        { source: 'total', header: 'Amount', transform: { name: 'formatCurrency' } },
        { source: 'items', header: 'How many', transform: { name: 'countItems' } },
      ],
    });
    expect(lines).toEqual([
      'number,Amount,How many',
      '1/USD/2026-01-31T23:30:00Z,"$1,234.50",3',
      '2/EUR/2026-02-01T00:00:00Z,-€2.00,1',
      '3,,0',
    ]);
  });

  it('stay with Postgres where nothing is to be made of them', async () => {
    expect((await run(chosen('total'))).source.copyCsv).toBeDefined();
    expect(
      (await run(chosen('total', { transform: { name: 'formatNumber' } }))).source.copyCsv,
    ).toBeUndefined();
  });

  it('have the types that their transforms give', async () => {
    const { lines } = await run({
      ...chosen('items', { transform: { name: 'countItems' } }),
      format: { type: 'ndjson' },
    });
    expect(lines[0]).toBe('{"number":"1","items":3}');
  });

  it.each<[object, string]>([
    [chosen('number', { header: 'n', transform: { name: 'formatDate' } }), 'columns.1.transform.name'],
    [chosen('total', { transform: { name: 'flatten' } }), 'columns.1.transform.name'],
    [
      {
        ...chosen('total'),
        format: { type: 'json', options: { structure: 'nested', groupBy: ['currency'] } },
      },
      'format.options.groupBy.0',
    ],
  ])('are refused before anything is saved with %j', async (definition, place) => {
    await expect(createExport(ground.session, definitionOf(definition))).rejects.toMatchObject({
      code: 'invalid',
      fields: { [place]: expect.any(String) },
    });
  });

  it('are previewed as a run gives them', async () => {
    const preview = await previewExport(
      ground.session,
      definitionOf(chosen('items', { transform: { name: 'flatten', options: { fields: ['sku'] } } })),
    );
    expect(preview.columns.map(({ header, type }) => [header, type])).toEqual([
      ['number', 'text'],
      ['item_1_sku', 'text'],
      ['item_2_sku', 'text'],
      ['item_3_sku', 'text'],
    ]);
    expect(preview.text).toBe('number,item_1_sku,item_2_sku,item_3_sku\n1,a,b,c\n2,d,,\n3,,,\n');
  });
});

describe('a list made into columns', () => {
  const flat = (options: object) => run(chosen('items', { transform: { name: 'flatten', options } }));

  it('has as many as the longest of the rows has items, for each part that any item has', async () => {
    const { lines } = await flat({ prefix: 'line' });
    expect(lines[0]).toBe(
      'number,line_1_note,line_1_qty,line_1_sku,line_2_note,line_2_qty,line_2_sku,line_3_note,line_3_qty,line_3_sku',
    );
    expect(lines.slice(1)).toEqual(['1,,1,a,x,,b,,,c', '2,,2.50,d,,,,,,', '3,,,,,,,,,']);
  });

  it('is cut where it is longer than was asked for, and says of how many rows', async () => {
    const { lines, warnings } = await flat({ fields: ['sku'], most: 2 });
    expect(lines).toEqual(['number,item_1_sku,item_2_sku', '1,a,b', '2,d,', '3,,']);
    expect(warnings).toMatchObject([
      { type: 'cell_cut', affectedItems: 1, message: expect.stringMatching(/One row .*2 items in “items”/) },
    ]);
  });

  it('looks at the rows of the export alone', async () => {
    const { lines } = await run({
      ...chosen('items', { transform: { name: 'flatten', options: { fields: ['sku'] } } }),
      filter: { field: 'number', op: 'eq', value: '2' },
    });
    expect(lines).toEqual(['number,item_1_sku', '2,d']);
  });

  it('leaves a column be that is called like a folder', async () => {
    const { source } = await run({
      columns: [{ source: 'number', header: 'currency' }],
      partitionBy: ['currency'],
    });
    expect(source.columns.map(({ header }) => header)).toEqual(['currency', 'currency']);
  });

  it('is never called like another column', async () => {
    const definition = {
      columns: [
        { source: 'number', header: 'item_1_sku' },
        { source: 'items', transform: { name: 'flatten', options: { fields: ['sku'] } } },
      ],
    };
    await expect(run(definition)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('groups in a document', () => {
  it('are whole, whatever the rows are sorted by', async () => {
    const format = { type: 'json', options: { structure: 'nested', groupBy: ['currency'] } };
    const { text } = await run({
      columns: [{ source: 'currency' }, { source: 'number' }],
      sort: [{ field: 'number' }],
      format,
    });
    expect(JSON.parse(text).data.map(({ currency }: { currency: unknown }) => currency)).toEqual([
      'EUR',
      'USD',
      null,
    ]);
  });

  it('do not change which rows a limit takes', () => {
    const format = { type: 'json', options: { structure: 'nested', groupBy: ['currency'] } };
    expect(() => definitionOf({ format, limit: 2 })).toThrow();
    expect(definitionOf({ format, limit: 2, sort: [{ field: 'currency', direction: 'desc' }] }).limit).toBe(
      2,
    );
  });
});
