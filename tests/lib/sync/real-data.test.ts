import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import { datasetSchema } from '#lib/datasets/schema.ts';
import { previewSource } from '#lib/sources/preview.ts';
import { type Ground, newDataset, newSource, prepareGround, rowsOf, syncCounts } from './arrange.ts';

const folder = join(import.meta.dirname, '../../../node_modules/vega-datasets/data');
const text = (file: string) => readFileSync(join(folder, file), 'utf8');

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

type Values = Record<string, string | null>;

/** Syncs a file of which every column is mapped onto one of the same name; gives what is stored, as text. */
async function syncFile(file: string, columns: readonly Column[], key: readonly string[]) {
  ground.source.bodies.set(`/${file}`, text(file));
  const sourceType = file.endsWith('csv') ? 'csv' : 'json';
  const name = file.replace(/\W/g, '_');
  datasetSchema.parse({ name, label: name, key, columns });
  const dataset = await newDataset(ground.session, name, columns, key);
  const config = { url: `${ground.source.url}/${file}` };
  const fields: FieldMapping = Object.fromEntries(columns.map((column) => [column.name, column.name]));
  const sourceId = await newSource(ground.session, { sourceType, config, dataset: name, fields });
  const counts = await syncCounts(ground, sourceId);
  const stored = await rowsOf(ground, dataset, sourceId);
  const rows = stored.map((row) =>
    Object.fromEntries(columns.map((column) => [column.name, row[column.name] as string | null])),
  );
  return { counts, rows };
}

/** The file's rows by an independent reader, in the order of the keys; an empty cell of a typed column is null. */
function expected(file: string, columns: readonly Column[], keyOf: (row: Values) => string): Values[] {
  const { data } = Papa.parse<Values>(text(file), { header: true, skipEmptyLines: true });
  const rows = data.map((row) => typed(row, columns));
  return rows.sort((a, b) => Buffer.compare(Buffer.from(keyOf(a)), Buffer.from(keyOf(b))));
}

function typed(row: Values, columns: readonly Column[]): Values {
  const cell = ({ name, type }: Column) => (type !== 'text' && row[name] === '' ? null : (row[name] ?? null));
  return Object.fromEntries(columns.map((column) => [column.name, cell(column)]));
}

const textColumn = (name: string): Column => ({ name, type: 'text' });
const decimalColumn = (name: string): Column => ({ name, type: 'decimal' });

it('zipcodes.csv is stored value by value, leading zeros and decimals as they stand', async () => {
  const columns = [
    ...['zip_code', 'city', 'state', 'county'].map(textColumn),
    ...['latitude', 'longitude'].map(decimalColumn),
  ];
  const { counts, rows } = await syncFile('zipcodes.csv', columns, ['zip_code']);
  const file = expected('zipcodes.csv', columns, (row) => row.zip_code ?? '');
  expect(counts).toEqual({ read: file.length, inserted: file.length });
  expect(rows).toEqual(file);
});

it('airports.csv is stored value by value', async () => {
  const columns = [
    ...['iata', 'name', 'city', 'state', 'country'].map(textColumn),
    ...['latitude', 'longitude'].map(decimalColumn),
  ];
  const { counts, rows } = await syncFile('airports.csv', columns, ['iata']);
  const file = expected('airports.csv', columns, (row) => row.iata ?? '');
  expect(counts).toEqual({ read: file.length, inserted: file.length });
  expect(rows).toEqual(file);
});

it('disasters.csv is stored value by value under a key of two columns', async () => {
  const columns: Column[] = [
    textColumn('Entity'),
    { name: 'Year', type: 'integer' },
    decimalColumn('Deaths'),
  ];
  const { counts, rows } = await syncFile('disasters.csv', columns, ['Entity', 'Year']);
  const file = expected('disasters.csv', columns, (row) => JSON.stringify([row.Entity, row.Year]));
  expect(counts).toEqual({ read: file.length, inserted: file.length });
  expect(rows).toEqual(file);
});

it('movies.json is stored value by value, numbers among its titles and nulls among its numbers', async () => {
  const movies = JSON.parse(text('movies.json')) as Record<string, unknown>[];
  const numbers = ['US Gross', 'Worldwide Gross', 'Production Budget', 'IMDB Rating', 'IMDB Votes'];
  const columns = Object.keys(movies[0] ?? {}).map((name) =>
    numbers.includes(name) ? decimalColumn(name) : textColumn(name),
  );
  const keyed = movies.filter((movie) => movie.Title !== null && movie.Title !== '');
  const byKey = new Map(keyed.map((movie) => [String(movie.Title), movie]));
  const { counts, rows } = await syncFile('movies.json', columns, ['Title']);
  expect(counts).toEqual({
    read: movies.length,
    inserted: byKey.size,
    superseded: keyed.length - byKey.size,
    rejected: movies.length - keyed.length,
  });
  const order = [...byKey].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const asText = (value: unknown) => (value === null || value === undefined ? null : String(value));
  const wanted = order.map(([, movie]) =>
    Object.fromEntries(columns.map(({ name }) => [name, asText(movie[name])])),
  );
  expect(rows).toEqual(wanted);
});

it('the preview of zipcodes.csv suggests text for codes with leading zeros', async () => {
  ground.source.bodies.set('/zipcodes.csv', text('zipcodes.csv'));
  const access = { type: 'csv', config: { url: `${ground.source.url}/zipcodes.csv` }, credentials: null };
  const { streams } = await previewSource(ground.session, access);
  expect(streams).toMatchObject([
    {
      name: 'rows',
      columns: [{ name: 'zip_code', type: 'text' }, { name: 'latitude', type: 'decimal' }, {}, {}, {}, {}],
      suggestedFields: { zip_code: 'zip_code', city: 'city' },
    },
  ]);
  expect(streams[0]?.rows[0]).toMatchObject({ zip_code: '00501' });
});
