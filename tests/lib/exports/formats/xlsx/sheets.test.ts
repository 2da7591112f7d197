import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { xlsx } from '#lib/exports/formats/xlsx/xlsx.ts';
import { unzip } from '#tests/support/unzip.ts';
import { elements, readSheets } from './read-workbook.ts';
import { tableOf, writeWorkbook } from './write-workbook.ts';

const columns = { sku: 'text', price: 'decimal' } as const;
const rows = [
  ['0001', '1.50'],
  ['0002', null],
  ['0003', '7.00'],
];

async function read(file: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.read(Readable.from([file]));
  return book;
}

describe('a workbook', () => {
  it('is read by another library with its header, filter, frozen header and widths', async () => {
    const book = await read(await writeWorkbook(tableOf(columns, rows)));
    const sheet = book.getWorksheet('Orders') as ExcelJS.Worksheet;
    expect(sheet.getSheetValues().slice(1)).toEqual([
      [undefined, 'sku', 'price'],
      [undefined, '0001', 1.5],
      [undefined, '0002'],
      [undefined, '0003', 7],
    ]);
    expect(sheet.autoFilter).toBe('A1:B4');
    expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
    expect(sheet.getCell('A1').font).toMatchObject({ bold: true, color: { argb: 'FFFFFFFF' } });
    expect(sheet.getCell('A1').fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FF1F4E78' } });
  });

  it('is XML that others read, whatever characters its names and options have', async () => {
    const odd = 'A\u0001B & <x> "q" \ufffe\uffff\u0085';
    const file = await writeWorkbook(
      tableOf({ [odd]: 'text' }, [['x']], odd),
      {
        properties: { author: odd, company: odd },
        sheetName: odd,
        totals: [{ column: odd, function: 'count' }],
        conditionalFormats: [{ column: odd, rule: 'contains', value: odd, look: 'bad' }],
        validations: [{ column: odd, allow: 'list', values: [odd.replaceAll('"', '')], message: odd }],
      },
      { title: odd },
    );
    // Throws where a part is no XML.
    const [[name, cells] = []] = Object.entries(await readSheets(file));
    expect(cells?.A3?.formula).toBe(`COUNTA('${name}'!A2:A2)`);
  });

  it('is whole without a row', async () => {
    const { Orders } = await readSheets(await writeWorkbook(tableOf(columns, [])));
    expect(Object.keys(Orders ?? {})).toEqual(['A1', 'B1']);
  });

  it('has the title, shades, lines, formats and frozen columns that were asked for', async () => {
    const styling = { titleRow: true, alternatingRows: true, borders: true, freezeColumns: 1 };
    const options = { styling, formats: { decimal: '#,##0.00' } } as const;
    const book = await read(await writeWorkbook(tableOf(columns, rows), options));
    const sheet = book.worksheets[0] as ExcelJS.Worksheet;
    expect(sheet.getCell('A1').value).toBe('Orders of the year');
    expect(sheet.getCell('A2').value).toBe('sku');
    expect(sheet.getCell('B3')).toMatchObject({ value: 1.5, numFmt: '#,##0.00' });
    expect(sheet.getCell('B4').value).toBeNull();
    expect(sheet.getCell('B4').fill).toMatchObject({ fgColor: { argb: 'FFF2F6FA' } });
    expect(sheet.getCell('B4').border.bottom?.style).toBe('thin');
    expect(sheet.getCell('B3').fill).toMatchObject({ pattern: 'none' });
    expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 2, xSplit: 1 }]);
    expect(sheet.autoFilter).toBe('A2:B5');
  });

  it('has no filter and nothing frozen where that is turned off', async () => {
    const styling = { autoFilter: false, freezeHeader: false };
    const files = await unzip(await writeWorkbook(tableOf(columns, rows), { styling }));
    const sheet = files.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    expect(elements(sheet, 'autoFilter')).toEqual([]);
    expect(elements(sheet, 'pane')).toEqual([]);
  });

  it('fits columns to their first rows within bounds', async () => {
    const texts = [['x'.repeat(30), '表'.repeat(10), 'y'.repeat(500)]];
    const file = await writeWorkbook(tableOf({ a: 'text', b: 'text', c: 'text', d: 'text' }, texts));
    const sheet = (await unzip(file)).get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    expect(elements(sheet, 'col').map(({ width }) => Number(width))).toEqual([32, 22, 60, 8]);
  });

  it('says who made it, what it is and when its rows were read', async () => {
    const metadata = { snapshotAt: '2026-11-22T10:00:00Z' };
    const properties = { author: 'Harbour', company: 'Docks & Sons' };
    const book = await read(await writeWorkbook(tableOf(columns, rows), { properties }, { metadata }));
    expect(book).toMatchObject({ title: 'Orders of the year', creator: 'Harbour', company: 'Docks & Sons' });
    expect(book.created).toEqual(new Date('2026-11-22T10:00:00Z'));
  });

  it('holds further tables in sheets of their own, each under a name that Excel takes', async () => {
    const further = [
      tableOf({ a: 'integer' }, [['1']], 'orders'),
      tableOf({ a: 'integer' }, [['2']], "a/b\\c?*[d]:'"),
      tableOf({ a: 'integer' }, [['3']], 'x'.repeat(40)),
      tableOf({ a: 'integer' }, [['4']], 'x'.repeat(40)),
      tableOf({ a: 'integer' }, [['5']], '\u0000'),
      tableOf({ a: 'integer' }, [['6']], `${'y'.repeat(30)}'y`),
    ];
    const sheets = await readSheets(await writeWorkbook(tableOf(columns, rows), {}, { further }));
    const names = [
      'Orders',
      'orders 2',
      'a b c d',
      'x'.repeat(31),
      `${'x'.repeat(29)} 2`,
      'Sheet',
      'y'.repeat(30),
    ];
    expect(Object.keys(sheets)).toEqual(names);
    expect(names.slice(1).map((name) => sheets[name]?.A2?.value)).toEqual(['1', '2', '3', '4', '5', '6']);
  });
});

function* numbers(count: number): Generator<CellText[]> {
  for (let number = 1; number <= count; number += 1) yield [String(number)];
}

function count(sheet: Buffer, mark: string): number {
  let found = 0;
  for (let at = sheet.indexOf(mark); at >= 0; at = sheet.indexOf(mark, at + 1)) found += 1;
  return found;
}

describe('more rows than a sheet holds', () => {
  it.each([
    [1_048_575, [1_048_576]],
    [1_048_576, [1_048_576, 2]],
    [1_048_577, [1_048_576, 3]],
  ])(
    'go on in a further sheet with its own header: %i',
    async (rowCount, sheetRows) => {
      const file = await writeWorkbook(tableOf({ n: 'integer' }, numbers(rowCount)));
      const files = await unzip(file);
      const sheets = sheetRows.map((_, place) => files.get(`xl/worksheets/sheet${place + 1}.xml`) as Buffer);
      expect(sheets.map((sheet) => count(sheet, '<row '))).toEqual(sheetRows);
      const names = elements(files.get('xl/workbook.xml')?.toString() ?? '', 'sheet').map(({ name }) => name);
      expect(names).toEqual(['Orders', 'Orders 2'].slice(0, sheetRows.length));
      const last = sheets.at(-1) as Buffer;
      expect(last.includes(`><v>${rowCount}</v></c></row></sheetData>`)).toBe(true);
      expect(last.includes(`<autoFilter ref="A1:A${sheetRows.at(-1)}"`)).toBe(true);
    },
    60_000,
  );
});

describe('the reading of rows', () => {
  const options = xlsx.options.parse({});
  const context = fileContext({ title: 'test' });

  function watched(failAfter = Number.POSITIVE_INFINITY) {
    const source = { closed: false };
    const rows = (async function* () {
      try {
        for (let number = 0; ; number += 1) {
          if (number >= failAfter) throw new Error('the database is gone');
          yield [...numbers(1_000)].map(([cell = null]) => [cell]);
        }
      } finally {
        source.closed = true;
      }
    })();
    return { source, table: { ...tableOf({ n: 'integer' }, []), rows } };
  }

  it('fails the file where it fails', async () => {
    const { source, table } = watched(50);
    await expect(Array.fromAsync(xlsx.encode(table, options, context))).rejects.toThrow(
      'the database is gone',
    );
    expect(source.closed).toBe(true);
  });

  it('ends where nobody reads the file further', async () => {
    const { source, table } = watched();
    for await (const _ of xlsx.encode(table, options, context)) break;
    expect(source.closed).toBe(true);
  });
});
