import ExcelJs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { unzip } from '#tests/support/unzip.ts';
import { artifactsIn, fetchFile, layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let orders: Dataset;
let people: Dataset;
let codes: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
  orders = await ground.dataset(
    [
      { name: 'code', type: 'text' },
      { name: 'amount', type: 'decimal' },
    ],
    [
      ['a', '1.50'],
      ['b', '2'],
    ],
  );
  people = await ground.dataset([{ name: 'name', type: 'text' }], [['Zoë'], ['Ann']]);
  codes = await ground.dataset(
    orders.columns,
    Array.from({ length: 12 }, (_, place) => [`c${place}`, place === 3 ? null : '1']),
  );
});
afterAll(() => ground.close());

const tables = () => [
  { name: 'The people', dataset: people.name, sort: [{ field: 'name' }] },
  { name: 'Sum', dataset: orders.name, aggregates: [{ function: 'sum', field: 'amount' }] },
];

describe('an export of several tables', () => {
  it('is one workbook with a sheet for each', async () => {
    const { id } = await ground.define(orders.name, { format: { type: 'xlsx' }, tables: tables() });
    const bytes = await fetchFile(await ground.artifactOf(id));
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(bytes as never);
    const cells = book.worksheets.map((sheet) => [
      sheet.name,
      sheet
        .getSheetValues()
        .slice(1)
        .map((row) => (row as unknown[]).slice(1)),
    ]);
    expect(cells.slice(1)).toEqual([
      ['The people', [['name'], ['Ann'], ['Zoë']]],
      ['Sum', [['sum_amount'], [3.5]]],
    ]);
    const [manifest] =
      [...ground.s3.objects].findLast(([name]) => name.endsWith('.manifest.json'))?.slice(1) ?? [];
    expect(JSON.parse(String(manifest)).tables).toMatchObject([
      { name: 'The people', rows: 2 },
      { name: 'Sum', rows: 1 },
    ]);
  });

  it('is a file for each in any other format', async () => {
    const { id } = await ground.define(orders.name, { compression: 'zip', tables: tables() });
    const files = await unzip(await fetchFile(await ground.artifactOf(id)));
    const texts = [...files].map(([path, bytes]) => [
      path.replace(/^uber-alaska-\d+-\d+/, ''),
      bytes.toString(),
    ]);
    expect(texts.slice(0, 3)).toEqual([
      ['.csv', 'code,amount\na,1.50\nb,2\n'],
      ['-the-people.csv', 'name\nAnn\nZoë\n'],
      ['-sum.csv', 'sum_amount\n3.50\n'],
    ]);
  });

  it.each([
    ['files', 'none'],
    ['an archive', 'zip'],
  ])(
    'says of each table in %s where its rows come from, and what is wrong with them',
    async (_, compression) => {
      const few = { name: 'Few', dataset: codes.name, filter: { field: 'code', op: 'ne', value: 'x' } };
      const { id } = await ground.define(people.name, { compression, tables: [few] });
      // Files of one second have the same name.
      ground.s3.objects.clear();
      const artifacts = artifactsIn((await ground.runToEnd(id)).result);
      const found = [...ground.s3.objects].filter(([name]) => name.endsWith('.manifest.json'));
      const manifests = found.map(([, bytes]) => JSON.parse(String(bytes)));
      const own = { dataset: people.name, rowsInWords: 'All rows', columns: [{ header: 'name' }] };
      const further = {
        dataset: codes.name,
        rowsInWords: expect.stringContaining('code'),
        columns: [{ header: 'code' }, { header: 'amount' }],
        rows: 12,
      };
      const missing = [{ type: 'missing_field', message: expect.stringContaining('amount') }];
      if (compression === 'none') {
        const [ofPeople, ofCodes] = manifests.toSorted((one, other) => one.rows - other.rows);
        expect(ofPeople).toMatchObject({ ...own, rows: 2, tables: [], warnings: [] });
        expect(ofCodes).toMatchObject({ ...further, tables: [], warnings: missing });
        return;
      }
      const whole = { ...own, rows: 14, tables: [{ name: 'Few', ...further }], warnings: missing };
      const files = await unzip(await fetchFile(artifacts[0] as Artifact));
      expect(JSON.parse(String(files.get('manifest.json')))).toMatchObject(whole);
      expect(manifests).toMatchObject([whole]);
    },
  );

  it('is refused with the place of what does not fit', async () => {
    const wrong = { tables: [{ name: 'x', dataset: people.name, columns: [{ source: 'gone' }] }] };
    await expect(ground.define(orders.name, wrong)).rejects.toMatchObject({
      code: 'invalid',
      fields: { 'tables.0.columns.0.source': expect.any(String) },
    });
  });

  it('has as many artifacts as files without an archive', async () => {
    const { id } = await ground.define(orders.name, { tables: tables() });
    expect(artifactsIn((await ground.runToEnd(id)).result).map(({ rows }) => rows)).toEqual(
      [2, 1, 2].toSorted(),
    );
  });
});
