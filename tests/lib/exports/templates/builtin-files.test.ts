import { parquetReadObjects } from 'hyparquet';
import papaparse from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { builtinTemplates } from '#lib/exports/templates/builtin.ts';
import { formatsOf } from '#lib/exports/templates/check.ts';
import { createFromTemplate } from '#lib/exports/templates/from-template.ts';
import { insertRow } from '#tests/lib/exports/arrange.ts';
import { type Read, read } from '#tests/lib/exports/formats/pdf/arrange.ts';
import { readSheets } from '#tests/lib/exports/formats/xlsx/read-workbook.ts';
import { fetchFile, layRunGround, type RunGround } from '#tests/lib/exports/run-ground.ts';

/** Rows of each built-in dataset, by the columns that their templates show; of most nobody says whether they are active. */
const furniture = {
  inventory_items: [
    { sku: '007', name: 'Lantern', category: 'Camping', quantity_on_hand: '4', quantity_available: '2' },
    { sku: '008', name: 'Tent', category: 'Camping', quantity_on_hand: '1.5', quantity_available: '1' },
    { sku: '009', name: 'Sold out for ever', category: 'Camping', active: 'false' },
  ],
  vendors: [
    { vendor_id: 'V-1', name: 'Northern Lights', city: 'Kiruna' },
    { vendor_id: 'V-2', name: 'Oak and Sons', city: 'Cork' },
  ],
  purchase_orders: [
    {
      order_number: 'PO-1',
      vendor_id: 'V-1',
      vendor_name: 'Northern Lights',
      order_date: '2026-02-03',
      total: '12.50',
    },
    {
      order_number: 'PO-2',
      vendor_id: 'V-1',
      vendor_name: 'Northern Lights',
      order_date: '2026-02-04',
      total: '0.75',
    },
  ],
  ledger_entries: [
    { entry_id: 'E-1', posted_at: '2026-02-03T10:00:00Z', transaction_type: 'Order', amount: '12.50' },
    { entry_id: 'E-2', posted_at: '2026-02-04T10:00:00Z', transaction_type: 'Order', amount: '-0.75' },
  ],
} satisfies Record<string, Record<string, string>[]>;

/** What stands in every file of a template. */
const shown: Readonly<Record<string, readonly string[]>> = {
  'stock-list': ['007', 'Lantern', '008', 'Tent'],
  'low-stock': ['007', 'Lantern', '008', 'Tent'],
  'stock-by-category': ['Camping'],
  'vendor-list': ['V-1', 'Kiruna', 'V-2', 'Cork'],
  'purchase-orders': ['PO-1', 'PO-2'],
  'spend-by-vendor': ['V-1'],
  'ledger-entries': ['E-1', 'E-2'],
  'ledger-by-month': ['Order'],
};

let ground: RunGround;
beforeAll(async () => {
  ground = await layRunGround();
  for (const [name, rows] of Object.entries(furniture)) {
    const dataset = await asMember(ground.session, (tx) => findDataset(tx, name));
    for (const row of rows as Readonly<Record<string, string>>[]) {
      const cells = dataset.columns.map((column) => row[column.name] ?? null);
      await insertRow(ground.session, dataset, cells);
    }
  }
});
afterAll(() => ground.close());

async function fileOf(template: (typeof builtinTemplates)[number], chosen: object): Promise<Buffer> {
  const values = template.customizations.some(({ field }) => field === 'period') ? { period: 'all' } : {};
  const made = await createFromTemplate(ground.session, {
    template: template.id,
    ...chosen,
    values: { ...values, ...('values' in chosen ? (chosen.values as object) : {}) },
  });
  return fetchFile(await ground.artifactOf(made.id));
}

/** The cells of a file, as a program that is not ours reads them. */
const cellsOf: Readonly<Record<string, (bytes: Buffer) => Promise<string[]> | string[]>> = {
  csv: (bytes) => papaparse.parse<string[]>(bytes.toString()).data.flat(),
  json: (bytes) => JSON.parse(bytes.toString()).data.flatMap(Object.values).map(String),
  parquet: async (bytes) => {
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    return rows.flatMap(Object.values).map(String);
  },
  pdf: async (bytes) => (await read(bytes)).words.map(({ text }) => text),
  xlsx: async (bytes) =>
    Object.values(await readSheets(bytes)).flatMap((cells) => Object.values(cells).map(({ value }) => value)),
};

describe('a built-in template', () => {
  it.each(builtinTemplates)('$id runs to its file in each of its formats', async (template) => {
    const files = formatsOf(template).map(async (format) => {
      const cells = await cellsOf[format]?.(await fileOf(template, { format }));
      expect(cells, format).toEqual(expect.arrayContaining([...(shown[template.id] ?? ['nothing is said'])]));
      expect(cells, format).not.toContain('Sold out for ever');
    });
    await Promise.all(files);
  });

  it('is offered as a PDF whatever it is about', () => {
    expect(builtinTemplates.filter((template) => !formatsOf(template).includes('pdf'))).toEqual([]);
  });
});

describe('a PDF of a built-in template', () => {
  const pdfOf = async (id: string, values: object = {}): Promise<Read> => {
    const template = builtinTemplates.find((each) => each.id === id) as (typeof builtinTemplates)[number];
    return read(await fileOf(template, { format: 'pdf', values }));
  };

  it('lies as is chosen, a wide list in landscape', async () => {
    const wide = await pdfOf('stock-list');
    expect(wide.width).toBeGreaterThan(wide.height);
    const tall = await pdfOf('stock-list', { orientation: 'portrait', paper: 'letter' });
    expect([tall.width, tall.height].map(Math.round)).toEqual([612, 792]);
  });

  it('ends in its totals where they are wanted', async () => {
    expect((await pdfOf('stock-by-category')).pages.at(-1)).toMatch(/Total\s+3\s+5\.5/);
    expect((await pdfOf('stock-by-category', { totals: false })).pages.at(-1)).not.toContain('Total');
    expect((await pdfOf('ledger-entries', { totals: true })).pages.at(-1)).toMatch(/Total.*\s11\.75/);
  });
});
