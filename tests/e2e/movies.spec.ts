import assert from 'node:assert/strict';
import { expect, test } from '@playwright/test';
import { byKey, pick, readData, serveFiles } from './entrepot.ts';
import { downloadLatest, finishExport } from './export-pages.ts';
import { signUp } from './people.ts';
import { addSource, untilSynced } from './source-pages.ts';

const key = 'a key that the files want';
const types: Readonly<Record<string, 'text' | 'integer' | 'decimal'>> = {
  Title: 'text',
  'US Gross': 'integer',
  'Worldwide Gross': 'integer',
  'US DVD Sales': 'integer',
  'Production Budget': 'integer',
  'Release Date': 'text',
  'MPAA Rating': 'text',
  'Running Time min': 'integer',
  Distributor: 'text',
  Source: 'text',
  'Major Genre': 'text',
  'Creative Type': 'text',
  Director: 'text',
  'Rotten Tomatoes Rating': 'integer',
  'IMDB Rating': 'decimal',
  'IMDB Votes': 'integer',
};
const keyColumns = ['title', 'release_date'];
const movies: Record<string, unknown>[] = JSON.parse(readData('movies.json'));
const kept = movies.filter((movie) => movie.Title !== null && movie['Release Date'] !== null);

let files: { url: string; close(): void };
test.beforeAll(async () => {
  files = await serveFiles(key);
});
test.afterAll(() => files.close());

test('a JSON file of mixed types and nulls comes out as it went in', async ({ page }) => {
  await signUp(page, 'movies');
  await addSource(page, {
    connector: 'JSON',
    file: `${files.url}/movies.json`,
    header: ['x-key', key],
    dataset: 'Movies',
    key: ['Title', 'Release Date'],
    name: 'Movies by address',
  });
  await untilSynced(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'Full sync' })).toContainText(
    `${movies.length - kept.length} rejected`,
  );
  await page.getByRole('link', { name: 'Movies', exact: true }).click();
  await expect(page.getByText(`${expectedRows().length.toLocaleString('en-GB')} rows`)).toBeVisible();
  await page.getByRole('link', { name: 'Export these rows' }).click();
  await finishExport(page, 'NDJSON', 'All movies');
  const { file } = await downloadLatest(page);
  const lines: Record<string, unknown>[] = file
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(byKey(lines, keyColumns), byKey(expectedRows(), keyColumns));
});

/** The rows that must come of the file: of a repeated key the last. */
function expectedRows(): Record<string, unknown>[] {
  const rows = kept.map((movie) =>
    Object.fromEntries(
      Object.entries(types).map(([name, type]) => [columnOf(name), fileValue(movie[name], type)]),
    ),
  );
  return [...new Map(rows.map((row) => [JSON.stringify(pick(row, keyColumns)), row])).values()];
}

const columnOf = (name: string) => name.toLowerCase().replaceAll(' ', '_');

/** As a file of JSON has it: decimals as exact text. */
function fileValue(value: unknown, type: 'text' | 'integer' | 'decimal'): unknown {
  return value === null || type === 'integer' ? value : String(value);
}
