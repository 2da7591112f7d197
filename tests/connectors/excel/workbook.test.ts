import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { bodyOf, checkOf, readAll } from '#tests/connectors/reading.ts';
import { workbookFiles, workbookOf } from '#tests/support/workbook.ts';
import { zip } from '#tests/support/zip.ts';

const upload = { upload: 'file' };
const read = (file: Uint8Array, config = {}) => readAll('excel', { ...upload, ...config }, bodyOf([file]));
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const table = (name: string) => `<row>${text('id')}</row><row>${text(name)}</row>`;

describe('a workbook by exceljs', () => {
  async function byExceljs(fill: (workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
    const workbook = new ExcelJS.Workbook();
    fill(workbook);
    return Buffer.from(await workbook.xlsx.writeBuffer());
  }

  it('gives back every kind of value', async () => {
    const file = await byExceljs((workbook) => {
      const sheet = workbook.addWorksheet('Products');
      sheet.addRow(['text', 'number', 'flag', 'date', 'time', 'formula', 'link', 'rich', 'error']);
      const row = sheet.addRow([
        '00501 é 🚀 <&>',
        1.1,
        true,
        new Date('2026-01-31T00:00:00Z'),
        new Date('2026-01-31T13:45:06Z'),
        { formula: 'B2>1', result: true },
        { text: 'here', hyperlink: 'https://example.com' },
        { richText: [{ text: 'ri' }, { text: 'ch', font: { bold: true } }] },
        { error: '#N/A' },
      ]);
      row.getCell(4).numFmt = 'dd.mm.yyyy';
      row.getCell(5).numFmt = 'yyyy-mm-dd hh:mm:ss';
    });
    expect((await read(file)).rows).toEqual([
      {
        line: 2,
        values: {
          text: '00501 é 🚀 <&>',
          number: 1.1,
          flag: true,
          date: '2026-01-31',
          time: '2026-01-31T13:45:06Z',
          formula: true,
          link: 'here',
          rich: 'rich',
          error: '#N/A',
        },
      },
    ]);
  });

  it('of many rows keeps every character', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [index, `日本語é ${index}`]);
    const file = await byExceljs((workbook) => {
      const sheet = workbook.addWorksheet('A');
      sheet.addRow(['id', 'text']);
      sheet.addRows(rows);
    });
    expect((await read(file)).values.map(({ id, text }) => [id, text])).toEqual(rows);
  });
});

it('a workbook of many rows keeps every character, however the file is cut into chunks', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => [index, `日本語é🚀 ${index}`] as const);
  const file = workbookOf([['id', 'text'], ...rows]);
  const chunks = Array.from({ length: Math.ceil(file.length / 7_919) }, (_, n) =>
    file.subarray(n * 7_919, (n + 1) * 7_919),
  );
  const { values } = await readAll('excel', upload, bodyOf(chunks));
  expect(values.map(({ id, text }) => [id, text])).toEqual(rows);
});

describe('the sheet', () => {
  const file = zip(
    workbookFiles({
      sheets: { Notes: table('n'), Products: table('p'), 'Old &amp; gone': table('o'), '04': table('four') },
      hidden: ['Notes'],
    }),
  );
  it.each<[string | number | undefined, string]>([
    [undefined, 'p'],
    ['Products', 'p'],
    ['products', 'p'],
    ['Notes', 'n'],
    ['Old & gone', 'o'],
    ['2', 'p'],
    [3, 'o'],
    ['04', 'four'],
  ])('%j is the one with %j', async (sheet, id) => {
    expect((await read(file, sheet === undefined ? {} : { sheet })).values).toEqual([{ id }]);
  });

  it('that is not there is an error that names those that are', async () => {
    await expect(read(file, { sheet: 'Prices' })).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message:
        'The workbook has no sheet "Prices". Its sheets are: Notes (hidden), Products, Old & gone, 04.',
    });
    await expect(read(file, { sheet: '9' })).rejects.toMatchObject({ code: 'DATA_ERROR' });
  });

  it('is named by the check, with the others', async () => {
    expect(await checkOf('excel', upload, bodyOf([file]))).toBe(
      'Sheet "Products" with 1 column: id. Sheets: Notes (hidden), Products, Old & gone, 04.',
    );
  });

  it('may come before or after what it refers to, stored or deflated, by 32 or 64 bits', async () => {
    const sheets = { A: '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>' };
    const files = workbookFiles({ sheets, strings: '<si><t>id</t></si><si><t>a</t></si>' });
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    for (const order of [files, backwards]) {
      for (const method of ['stored', 'deflated'] as const) {
        for (const zip64 of [false, true]) {
          expect((await read(zip(order, { method, zip64 }))).values).toEqual([{ id: 'a' }]);
        }
      }
    }
  });

  it('may be written with a prefix to its names, and with names in other letters', async () => {
    const files = workbookFiles({ sheets: { A: '' } });
    const path = 'xl/worksheets/s0.xml';
    const { [path]: _, ...others } = files;
    const rows = table('a').replace(/<(\/?)(\w)/g, '<$1x:$2');
    const sheet = `<x:worksheet xmlns:x="x"><x:sheetData>${rows}</x:sheetData></x:worksheet>`;
    const file = zip({ ...others, 'XL\\Worksheets\\S0.xml': sheet });
    expect((await read(file)).values).toEqual([{ id: 'a' }]);
  });
});

describe('the header', () => {
  const rows = [
    ['Products of 2026'],
    ['', ''],
    ['sku', '', 'sku', 2026],
    ['a', 1, 2, 3, 'note'],
    ['', '', '', '', 'note'],
    ['b'],
  ];
  it('is the row that is said, its names made unique, and what is right of it is left out', async () => {
    const { rows: read_, pages } = await read(workbookOf(rows), { headerRow: 3 });
    expect(pages[0]?.columns).toEqual(['sku', 'column_2', 'sku_2', '2026']);
    expect(read_).toEqual([
      { line: 4, values: { sku: 'a', column_2: 1, sku_2: 2, '2026': 3 } },
      { line: 6, values: { sku: 'b', column_2: '', sku_2: '', '2026': '' } },
    ]);
  });

  it('is the first row with anything in it where none is said', async () => {
    const { rows: found } = await read(workbookOf([[''], ['id'], [1]]));
    expect(found).toEqual([{ line: 3, values: { id: 1 } }]);
  });

  it.each<[number, (string | number)[][], string]>([
    [2, rows, 'Row 2 of the sheet "Sheet1" is empty'],
    [7, rows, 'ends at row 6, above row 7'],
    [1, [], 'is empty: it has neither a header nor rows'],
  ])('in row %i that is not there is an error that says so', async (headerRow, table, message) => {
    await expect(read(workbookOf(table), { headerRow })).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining(message),
    });
  });

  it('alone is a complete table without rows', async () => {
    const { pages } = await read(workbookOf([['id', 'name']]));
    expect(pages).toEqual([{ rows: [], columns: ['id', 'name'], cursor: { records: 0 }, complete: true }]);
    expect(await checkOf('excel', upload, bodyOf([workbookOf([['id']])]))).toContain('no rows in it');
  });
});

it('cells and rows stand where they say, else behind the one before', async () => {
  const sheet = `<row r="2">${text('a').replace('<c', '<c r="B2"')}${text('b')}</row><row r="9"><c r="C9"><v>1</v></c></row><row><c r="B10"><v>2</v></c></row>`;
  const { rows } = await read(zip(workbookFiles({ sheets: { A: sheet } })));
  expect(rows).toEqual([
    { line: 9, values: { column_1: '', a: '', b: 1 } },
    { line: 10, values: { column_1: '', a: 2, b: '' } },
  ]);
});
