import assert from 'node:assert/strict';
import { expect, test } from '@playwright/test';
import {
  allRows,
  byKey,
  type Created,
  call,
  download,
  pick,
  readData,
  serveFiles,
  sync,
} from './entrepot.ts';

const credentials = { headers: { 'x-key': 'a key that the files want' } };
let files: { url: string; close(): void };
test.beforeAll(async () => {
  files = await serveFiles(credentials.headers['x-key']);
});
test.afterAll(() => files.close());

/** Where each of the dataset's columns lies in the file. */
const fields = {
  title: 'Title',
  release_date: 'Release Date',
  us_gross: 'US Gross',
  imdb_rating: 'IMDB Rating',
};
const key = ['title', 'release_date'];
const movies: Record<string, unknown>[] = JSON.parse(readData('movies.json'));
const keyed = movies.filter((movie) => movie.Title !== null && movie['Release Date'] !== null);

/** The rows that must come of the file: of a repeated key the last. */
function expectedMovies(): Record<string, unknown>[] {
  const rows = keyed.map((movie) => ({
    title: String(movie.Title),
    release_date: movie['Release Date'],
    us_gross: movie['US Gross'],
    imdb_rating: movie['IMDB Rating'] === null ? null : String(movie['IMDB Rating']),
  }));
  return [
    ...new Map(rows.map((row) => [JSON.stringify(key.map((name) => pick(row, [name]))), row])).values(),
  ];
}

async function movieSource(): Promise<Created> {
  const types: Record<string, string> = { us_gross: 'integer', imdb_rating: 'decimal' };
  const columns = Object.keys(fields).map((name) => ({ name, type: types[name] ?? 'text' }));
  await call(201, 'POST', '/api/datasets', { name: 'movies', label: 'Movies', key, columns });
  return call<Created>(201, 'POST', '/api/connectors/sources', {
    sourceType: 'json',
    displayName: 'Movies',
    config: { url: `${files.url}/movies.json` },
    credentials,
    streams: { rows: { dataset: 'movies', fields } },
  });
}

test('movies: from a JSON of mixed types to NDJSON, with what does not fit set aside', async () => {
  const expected = expectedMovies();
  const source = await movieSource();
  expect(await sync(source.id)).toMatchObject({
    read: movies.length,
    inserted: expected.length,
    superseded: keyed.length - expected.length,
    rejected: movies.length - keyed.length,
  });

  const { id } = await call<Created>(201, 'POST', '/api/exports', {
    name: 'All movies',
    dataset: 'movies',
    format: { type: 'ndjson' },
    destination: { type: 'download' },
  });
  const { file, rows } = await download(id);
  const lines = file.toString().trimEnd().split('\n');
  const read = lines.map((line) => pick(JSON.parse(line), Object.keys(fields)));
  expect(rows).toBe(expected.length);
  assert.deepEqual(byKey(read, key), byKey(expected, key));
});

test('an uploaded file goes straight to Storage and is synced from there', async () => {
  const text = 'code,name\n007,"A ""quoted"" name"\n008,\n';
  await call(201, 'POST', '/api/datasets', {
    name: 'codes',
    label: 'Codes',
    key: ['code'],
    columns: [
      { name: 'code', type: 'text' },
      { name: 'name', type: 'text' },
    ],
  });
  const upload = await call<{ id: string; url: string; method: string; headers: Record<string, string> }>(
    201,
    'POST',
    '/api/uploads',
    { fileName: 'codes.csv', bytes: Buffer.byteLength(text), contentType: 'text/csv' },
  );
  const { ok } = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: text });
  expect(ok).toBe(true);
  const source = await call<Created>(201, 'POST', '/api/connectors/sources', {
    sourceType: 'csv',
    displayName: 'Codes',
    config: { upload: upload.id },
    streams: { rows: { dataset: 'codes', fields: { code: 'code', name: 'name' } } },
  });
  expect(await sync(source.id)).toMatchObject({ read: 2, inserted: 2 });
  expect(await allRows('codes')).toMatchObject([
    { code: '007', name: 'A "quoted" name' },
    { code: '008', name: '' },
  ]);
});
