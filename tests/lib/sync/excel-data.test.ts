import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import { previewSource } from '#lib/sources/preview.ts';
import { workbookOf } from '#tests/support/workbook.ts';
import { type Ground, newDataset, newSource, prepareGround, rowsOf, syncCounts } from './arrange.ts';

const folder = join(import.meta.dirname, '../../../node_modules/vega-datasets/data');
const text = (file: string) => readFileSync(join(folder, file), 'utf8');

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

type SheetRecord = Readonly<Record<string, unknown>>;

/** A workbook in which a table stands on its second sheet, below a title. */
async function workbook(columns: readonly Column[], rows: readonly SheetRecord[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Read me').addRow(['The data is on the next sheet.']);
  const sheet = book.addWorksheet('Data');
  sheet.addRow(['A title']);
  sheet.addRow(columns.map(({ name }) => name));
  for (const row of rows) sheet.addRow(columns.map(({ name }) => row[name]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Syncs a sheet of which every column is mapped onto one of the same name; gives what is stored, as text. */
async function syncSheet(
  name: string,
  columns: readonly Column[],
  key: string,
  rows: readonly SheetRecord[],
) {
  ground.source.bodies.set(`/${name}.xlsx`, await workbook(columns, rows));
  const dataset = await newDataset(ground.session, name, columns, [key]);
  const config = { url: `${ground.source.url}/${name}.xlsx`, sheet: 'Data', headerRow: 2 };
  const fields: FieldMapping = Object.fromEntries(columns.map((column) => [column.name, column.name]));
  const sourceId = await newSource(ground.session, { sourceType: 'excel', config, dataset: name, fields });
  const counts = await syncCounts(ground, sourceId);
  const stored = await rowsOf(ground, dataset, sourceId);
  const values = stored.map((row) =>
    Object.fromEntries(columns.map((column) => [column.name, row[column.name]])),
  );
  return { counts, values };
}

/** The rows in the order of their keys, each value as its text; an empty cell is '' in text and null elsewhere. */
function expected(columns: readonly Column[], key: string, rows: readonly SheetRecord[]) {
  const cell = ({ name, type }: Column, row: SheetRecord) => {
    const value = row[name];
    return value === null || value === undefined || value === ''
      ? type === 'text'
        ? ''
        : null
      : String(value);
  };
  return rows
    .map((row) => Object.fromEntries(columns.map((column) => [column.name, cell(column, row)])))
    .sort((a, b) => Buffer.compare(Buffer.from(a[key] ?? ''), Buffer.from(b[key] ?? '')));
}

const textColumn = (name: string): Column => ({ name, type: 'text' });
const decimalColumn = (name: string): Column => ({ name, type: 'decimal' });

it('airports.csv in a workbook is stored value by value, its numbers as numbers', async () => {
  const columns = [
    ...['iata', 'name', 'city', 'state', 'country'].map(textColumn),
    ...['latitude', 'longitude'].map(decimalColumn),
  ];
  const { data } = Papa.parse<Record<string, string>>(text('airports.csv'), {
    header: true,
    skipEmptyLines: true,
  });
  const rows = data.map((row) => ({
    ...row,
    latitude: Number(row.latitude),
    longitude: Number(row.longitude),
  }));
  const { counts, values } = await syncSheet('airports', columns, 'iata', rows);
  expect(counts).toEqual({ read: rows.length, inserted: rows.length });
  expect(values).toEqual(expected(columns, 'iata', rows));
});

it('movies.json in a workbook is stored value by value, numbers among its titles and gaps among its numbers', async () => {
  const movies = JSON.parse(text('movies.json')) as SheetRecord[];
  const numbers = ['US Gross', 'Worldwide Gross', 'Production Budget', 'IMDB Rating', 'IMDB Votes'];
  const columns = Object.keys(movies[0] ?? {}).map((name) =>
    numbers.includes(name) ? decimalColumn(name) : textColumn(name),
  );
  const keyed = movies.filter((movie) => movie.Title !== null && movie.Title !== '');
  const byKey = new Map(keyed.map((movie) => [String(movie.Title), movie]));
  const { counts, values } = await syncSheet('movies', columns, 'Title', movies);
  expect(counts).toEqual({
    read: movies.length,
    inserted: byKey.size,
    superseded: keyed.length - byKey.size,
    rejected: movies.length - keyed.length,
  });
  expect(values).toEqual(expected(columns, 'Title', [...byKey.values()]));
});

it('dates, booleans and whole numbers arrive as such, and the preview suggests their types', async () => {
  const columns: Column[] = [
    textColumn('sku'),
    { name: 'made', type: 'date' },
    { name: 'seen', type: 'timestamp' },
    { name: 'live', type: 'boolean' },
    { name: 'stock', type: 'integer' },
  ];
  const made = new Date('2026-01-31T00:00:00Z');
  const seen = new Date('2026-01-31T13:45:06Z');
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Stock');
  sheet.addRow(columns.map(({ name }) => name));
  sheet.addRow(['00501', made, seen, true, 12]).getCell(3).numFmt = 'dd.mm.yyyy hh:mm:ss';
  ground.source.bodies.set('/stock.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
  const config = { url: `${ground.source.url}/stock.xlsx` };
  const { streams } = await previewSource(ground.session, { type: 'excel', config, credentials: null });
  expect(streams[0]?.columns).toEqual(columns);
  const dataset = await newDataset(ground.session, 'stock', columns, ['sku']);
  const fields = Object.fromEntries(columns.map(({ name }) => [name, name]));
  const sourceId = await newSource(ground.session, { sourceType: 'excel', config, dataset: 'stock', fields });
  expect(await syncCounts(ground, sourceId)).toEqual({ read: 1, inserted: 1 });
  expect(await rowsOf(ground, dataset, sourceId)).toMatchObject([
    { sku: '00501', live: true, stock: '12', seen },
  ]);
});

it('a text in a json column is JSON in a CSV, and a text in JSON and Excel', async () => {
  const columns: Column[] = [textColumn('id'), { name: 'tags', type: 'json' }];
  const dataset = await newDataset(ground.session, 'tagged', columns, ['id']);
  const bodies = {
    csv: 'id,tags\na,12\nb,"[""x""]"\nc,\n',
    json: JSON.stringify([
      { id: 'a', tags: '12' },
      { id: 'b', tags: ['x'] },
      { id: 'c', tags: 'hello' },
    ]),
    excel: workbookOf([
      ['id', 'tags'],
      ['a', '12'],
      ['b', 12],
      ['c', ''],
    ]),
  };
  const stored: Record<string, unknown[]> = {};
  for (const sourceType of ['csv', 'json', 'excel'] as const) {
    ground.source.bodies.set(`/tagged-${sourceType}`, bodies[sourceType]);
    const config = { url: `${ground.source.url}/tagged-${sourceType}` };
    const fields = { id: 'id', tags: 'tags' };
    const sourceId = await newSource(ground.session, { sourceType, config, dataset: 'tagged', fields });
    expect(await syncCounts(ground, sourceId)).toEqual({ read: 3, inserted: 3 });
    stored[sourceType] = (await rowsOf<{ tags: unknown }>(ground, dataset, sourceId)).map(({ tags }) => tags);
  }
  expect(stored).toEqual({ csv: [12, ['x'], null], json: ['12', ['x'], 'hello'], excel: ['12', 12, null] });
});
