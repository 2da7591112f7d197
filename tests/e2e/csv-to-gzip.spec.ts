import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import Papa from 'papaparse';
import {
  allRows,
  byKey,
  type Created,
  call,
  csvRows,
  download,
  pick,
  readData,
  serveFiles,
  sync,
} from './entrepot.ts';

// One user's way, step by step: each test goes on from where the one before has come to.
test.describe.configure({ mode: 'serial' });

const header = ['zip_code', 'latitude', 'longitude', 'city', 'state', 'county'];
const columns = header.map((name) => ({ name, type: name.endsWith('itude') ? 'decimal' : 'text' }));
const expected = csvRows(readData('zipcodes.csv')).map(
  (row): Record<string, string> => ({ ...row, city: row.city?.trim() ?? '' }),
);

const credentials = { headers: { 'x-key': 'a key that the files want' } };
let files: { url: string; close(): void };
let config: { url: string };
let source: Created;

test.beforeAll(async () => {
  files = await serveFiles(credentials.headers['x-key']);
  config = { url: `${files.url}/zipcodes.csv` };
});
test.afterAll(() => files.close());

test('a dataset is registered and its source checked and previewed before it is saved', async () => {
  const dataset = { name: 'zipcodes', label: 'Zip codes', key: ['zip_code'], columns };
  await call(201, 'POST', '/api/datasets', dataset);
  const check = (body: unknown) => call(200, 'POST', '/api/connectors/csv/check', body);
  expect(await check({ config, credentials })).toMatchObject({ ok: true });
  expect(await check({ config })).toMatchObject({ ok: false });
  const preview = await call<{ streams: unknown[] }>(200, 'POST', '/api/connectors/csv/preview', {
    config,
    credentials,
  });
  expect(preview.streams[0]).toMatchObject({ name: 'rows', columns: columns.map(({ name }) => ({ name })) });
});

test('the source is saved, and its credentials never come back', async () => {
  const fields = {
    ...Object.fromEntries(header.map((name) => [name, name])),
    city: { from: 'city', transform: ['trim'] },
  };
  source = await call<Created>(201, 'POST', '/api/connectors/sources', {
    sourceType: 'csv',
    displayName: 'Zip codes',
    syncFrequency: 'manual',
    config,
    credentials,
    streams: { rows: { dataset: 'zipcodes', fields } },
  });
  const shown = await call(200, 'GET', `/api/connectors/sources/${source.id}`);
  expect(shown).toMatchObject({ credentialsSet: true });
  expect(JSON.stringify(shown)).not.toContain(credentials.headers['x-key']);
});

test('a sync brings every row, and a second one changes none', async () => {
  const read = expected.length;
  expect(await sync(source.id)).toMatchObject({
    read,
    inserted: read,
    updated: 0,
    unchanged: 0,
    rejected: 0,
  });
  expect(await sync(source.id)).toMatchObject({
    read,
    inserted: 0,
    updated: 0,
    unchanged: read,
    rejected: 0,
  });
  const synced = (await allRows('zipcodes')).map((row) => pick(row, header));
  assert.deepEqual(byKey(synced, header), byKey(expected, header));
});

test('an export of Alaska is a gzipped file with exactly its rows', async () => {
  const definition = {
    name: 'Alaska',
    dataset: 'zipcodes',
    columns: [{ source: 'zip_code', header: 'ZIP' }, { source: 'city' }],
    filter: {
      and: [
        { field: 'state', op: 'eq', value: 'AK' },
        { not: { field: 'city', op: 'startsWith', value: 'A' } },
      ],
    },
    sort: [{ field: 'zip_code', direction: 'asc' }],
    format: { type: 'csv', options: { delimiter: ';', bom: false, formulaGuard: true } },
    compression: 'gzip',
    destination: { type: 'download' },
  };
  const alaska = expected
    .filter(({ state, city }) => state === 'AK' && !city?.startsWith('A'))
    .map(({ zip_code, city }) => ({ ZIP: zip_code ?? '', city: city ?? '' }))
    .sort((a, b) => (a.ZIP < b.ZIP ? -1 : 1));
  const preview = await call<{ text: string }>(200, 'POST', '/api/exports/preview', definition);
  const { id } = await call<Created>(201, 'POST', '/api/exports', definition);
  const { file, rows, fileName } = await download(id);
  const text = gunzipSync(file).toString();
  expect(fileName).toMatch(/\.csv\.gz$/);
  expect(rows).toBe(alaska.length);
  expect(text.startsWith('ZIP;city\n')).toBe(true);
  expect(text.startsWith(preview.text)).toBe(true);
  expect(Papa.parse(text, { header: true, delimiter: ';', skipEmptyLines: true }).data).toEqual(alaska);
});
