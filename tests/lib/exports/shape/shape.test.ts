import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport, updateExport } from '#lib/exports/exports.ts';
import { fileBytes, newTally } from '#lib/exports/file.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { previewExport } from '#lib/exports/preview.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { asRead } from '#lib/exports/shape/as-read.ts';
import { shapeOf, shapeSource } from '#lib/exports/shape/shaped-source.ts';
import { planSource } from '#lib/exports/source.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { join, signUp } from '#tests/support/people.ts';

const columns: Column[] = [
  { name: 'number', type: 'text' },
  { name: 'buyer', type: 'text', label: 'Buyer', personal: true },
  { name: 'total', type: 'decimal', currency: 'currency' },
  { name: 'currency', type: 'text' },
  { name: 'ordered', type: 'timestamp' },
  { name: 'items', type: 'json' },
];
const rows: CellText[][] = [
  [
    '1',
    'Anna Example',
    '1234.5',
    'USD',
    '2026-01-31T23:30:00Z',
    '[{"sku":"a","qty":1},{"sku":"b","note":"x"},{"sku":"c"}]',
  ],
  ['2', null, '-2', 'EUR', '2026-02-01T00:00:00Z', '[{"sku":"d","qty":2.50}]'],
  ['3', 'Bo', null, null, null, null],
];

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(columns, rows);
});
afterAll(() => ground.close());

function definitionOf(definition: object) {
  return exportDefinition.parse({ name: 'test', dataset: dataset.name, ...definition });
}

/** The file, whether Postgres could have written it by itself, and what was warned of. */
async function run(definition: object) {
  const full = definitionOf(definition);
  return asMember(ground.session, async (tx) => {
    const plan = await planQuery(tx, asRead(full, dataset), dataset, ground.session);
    const shape = await shapeOf(tx, plan, full, { ...ground.session, dataset });
    const source = shapeSource(planSource(tx.client, plan), shape);
    const bytes = fileBytes(source, full, fileContext({ title: 'test' }), newTally());
    const text = Buffer.concat(await Array.fromAsync(bytes)).toString();
    return { text, lines: text.trimEnd().split('\n'), source, warnings: shape.warnings };
  });
}

const chosen = (source: string, rest: object = {}) => ({
  columns: [{ source: 'number' }, { source, ...rest }],
});

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

describe('personal data', () => {
  const formats = ['csv', 'json', 'ndjson'].map((type) => ({ format: { type } }));

  it.each([{}, { columns: [{ source: 'buyer' }] }, ...formats, { groupBy: [{ field: 'buyer' }] }])(
    'are masked with %j, however the file is written',
    async (definition) => {
      const { text, source } = await run(definition);
      expect(text).not.toMatch(/Anna|Bo\b/);
      expect(text).toContain('***');
      expect(source.copyCsv).toBeUndefined();
      expect(source.columns.find((column) => column.source === 'buyer')).toMatchObject({
        personal: true,
        masked: true,
      });
    },
  );

  it.each([
    { columns: [{ source: 'number', transform: { name: 'concat', options: { columns: ['buyer'] } } }] },
    { columns: [{ source: 'buyer', transform: { name: 'upper' } }] },
    { columns: [{ source: 'buyer', transform: { name: 'lookup', options: { table: { Bo: 'Bo' } } } }] },
    { aggregates: [{ function: 'max', field: 'buyer' }] },
    {
      pivot: {
        rows: [{ field: 'number' }],
        column: { field: 'currency' },
        value: { function: 'min', field: 'buyer' },
      },
    },
    { columns: [{ source: 'buyer' }, { source: 'number' }], partitionBy: ['buyer'] },
  ])('do not pass through %j', async (definition) => {
    const { text } = await run(definition);
    expect(text).not.toMatch(/anna|\bbo\b/i);
    expect(text).toContain('***');
  });

  it.each([
    { columns: [{ source: 'buyer', personal: 'show' }] },
    { columns: [{ source: 'buyer' }], personal: 'show' },
  ])('are shown with %j, and the file says that they are personal', async (definition) => {
    const { lines, source } = await run(definition);
    expect(lines).toEqual(['buyer', 'Anna Example', '', 'Bo']);
    expect(source.columns).toEqual([
      { source: 'buyer', header: 'buyer', type: 'text', label: 'Buyer', personal: true },
    ]);
  });

  it('are never the names of columns', async () => {
    const pivot = { rows: [{ field: 'number' }], column: { field: 'buyer' }, value: { function: 'count' } };
    await expect(run({ pivot })).rejects.toMatchObject({ fields: { 'pivot.column': expect.any(String) } });
  });

  it('may be counted', async () => {
    const { lines } = await run({ aggregates: [{ function: 'countDistinct', field: 'buyer' }] });
    expect(lines[1]).toBe('2');
  });

  it('are shown by nobody but the owner of an export', async () => {
    const { session, admin } = ground;
    const { id } = await createExport(session, definitionOf(chosen('buyer')));
    const { rows: added } = await admin.query(
      'insert into auth.users (id, email) values (gen_random_uuid(), $1) returning id',
      ['editor@example.com'],
    );
    const editor = await join(admin, added[0].id, session.workspaceId, 'editor');
    await expect(updateExport(editor, id, { personal: 'show' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await updateExport(session, id, { personal: 'show' })).toMatchObject({ personal: 'show' });
    expect(await updateExport(editor, id, { name: 'renamed' })).toMatchObject({ personal: 'show' });
    expect((await updateExport(editor, id, { personal: null })).personal).toBeUndefined();
  });

  it.each([
    { groupBy: [{ field: 'buyer' }] },
    { groupBy: [{ field: 'number' }], aggregates: [{ function: 'max', field: 'buyer' }] },
    {
      pivot: {
        rows: [{ field: 'buyer' }],
        column: { field: 'currency' },
        value: { function: 'count' },
      },
    },
  ])('are not brought by another into an export that shows them, as by %j', async (patch) => {
    const { session, admin } = ground;
    const shown = definitionOf({ personal: 'show', groupBy: [{ field: 'currency' }] });
    const { id } = await createExport(session, shown);
    const editor = await join(admin, (await signUp(admin)).userId, session.workspaceId, 'editor');
    const whole = { groupBy: null, ...patch };
    await expect(updateExport(editor, id, whole)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await updateExport(session, id, whole)).toMatchObject(patch);
  });

  it('are hashed where that is asked for, the same value alike', async () => {
    const { lines } = await run(chosen('buyer', { transform: { name: 'hash' } }));
    expect(lines[1]).toMatch(/^1,[0-9a-f]{64}$/);
    expect(lines[2]).toBe('2,');
  });

  it('are masked in a preview', async () => {
    const { rows: shown, columns: listed } = await previewExport(
      ground.session,
      definitionOf(chosen('buyer')),
    );
    expect(shown).toContainEqual({ number: '1', buyer: '***' });
    expect(listed[1]).toMatchObject({ personal: true, masked: true });
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
