import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { compileStream } from '#lib/datasets/compile-stream.ts';
import { suggestColumns } from '#lib/datasets/suggest.ts';
import { bodyOf, checkOf, readAll } from '#tests/connectors/reading.ts';
import { serve } from '#tests/support/servers.ts';

const require = createRequire(import.meta.url);
const folder = join(require.resolve('vega-datasets'), '../../data');
const pathOf = (file: string) => join(folder, file);

async function servedFile(file: string) {
  const { url } = await serve((_request, response) => void createReadStream(pathOf(file)).pipe(response));
  return `${url}/${file}`;
}

describe('real files over HTTP', () => {
  it.each([
    ['zipcodes.csv', 42_049],
    ['airports.csv', 3_376],
    ['disasters.csv', 803],
  ])('%s: every value is that of an independent parse', async (file, count) => {
    const { data } = Papa.parse<Record<string, string>>(readFileSync(pathOf(file), 'utf8'), {
      header: true,
      skipEmptyLines: true,
    });
    const { values, pages, rows } = await readAll('csv', { url: await servedFile(file) }, bodyOf([]));
    expect(values).toEqual(data);
    expect(rows).toHaveLength(count);
    expect(rows.at(-1)?.line).toBe(count + 1);
    expect(pages.flatMap((page) => page.broken ?? [])).toEqual([]);
  });

  it('movies.json: every value is that of JSON.parse', async () => {
    const { values } = await readAll('json', { url: await servedFile('movies.json') }, bodyOf([]));
    expect(values).toEqual(JSON.parse(readFileSync(pathOf('movies.json'), 'utf8')));
  });

  it('are described by the check', async () => {
    expect(await checkOf('csv', { url: await servedFile('zipcodes.csv') }, bodyOf([]))).toBe(
      'CSV with 6 columns (delimiter ,) and a header: zip_code, latitude, longitude, city, state, ….',
    );
    expect(await checkOf('json', { url: await servedFile('movies.json') }, bodyOf([]))).toContain(
      'its first row has 16 fields, Title',
    );
  });

  it('zipcodes.csv: codes stay text with their leading zeros, and every row maps as suggested', async () => {
    const { rows, pages } = await readAll('csv', { url: await servedFile('zipcodes.csv') }, bodyOf([]));
    const columns = suggestColumns(rows.slice(0, 100), pages[0]?.columns);
    expect(columns.map(({ type }) => type)).toEqual(['text', 'decimal', 'decimal', 'text', 'text', 'text']);
    const fields = Object.fromEntries(columns.map(({ name }) => [name, name]));
    const { map } = compileStream({ fields }, [{ columns, key: ['zip_code'] }], { rawText: true });
    const mapped = rows.map((row) => map(row));
    const own = mapped.flatMap((one) => (one.ok ? one.rows[0] : []));
    expect(own).toHaveLength(rows.length);
    expect(own[0]).toMatchObject({
      externalId: '00501',
      values: ['00501', '40.922326', '-72.637078', 'Holtsville', 'NY', 'Suffolk'],
    });
  });
});
