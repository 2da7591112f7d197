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

test('movies: from a JSON of mixed types to NDJSON, with what does not fit set aside', async () => {
  const movies: Record<string, unknown>[] = JSON.parse(readData('movies.json'));
  await call(201, 'POST', '/api/datasets', {
    name: 'movies',
    label: 'Movies',
    key: ['title', 'release_date'],
    columns: [
      { name: 'title', type: 'text' },
      { name: 'release_date', type: 'text' },
      { name: 'us_gross', type: 'integer' },
      { name: 'imdb_rating', type: 'decimal' },
    ],
  });
  const source = await call<Created>(201, 'POST', '/api/connectors/sources', {
    sourceType: 'json',
    displayName: 'Movies',
    syncFrequency: 'manual',
    config: { url: `${files.url}/movies.json` },
    credentials,
    streams: {
      rows: {
        dataset: 'movies',
        fields: {
          title: 'Title',
          release_date: 'Release Date',
          us_gross: 'US Gross',
          imdb_rating: 'IMDB Rating',
        },
      },
    },
  });
  const counts = await sync(source.id);
  const latest = new Map<string, Record<string, unknown>>();
  const keyed = movies.filter((movie) => movie.Title !== null && movie['Release Date'] !== null);
  for (const movie of keyed) latest.set(JSON.stringify([String(movie.Title), movie['Release Date']]), movie);
  expect(counts).toMatchObject({
    read: movies.length,
    inserted: latest.size,
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
  const key = ['title', 'release_date'];
  const columns = [...key, 'us_gross', 'imdb_rating'];
  const exact = [...latest.values()].map((movie) => ({
    title: String(movie.Title),
    release_date: movie['Release Date'],
    us_gross: movie['US Gross'],
    imdb_rating: movie['IMDB Rating'] === null ? null : String(movie['IMDB Rating']),
  }));
  expect(rows).toBe(latest.size);
  assert.deepEqual(
    byKey(
      lines.map((line) => pick(JSON.parse(line), columns)),
      key,
    ),
    byKey(exact, key),
  );
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
