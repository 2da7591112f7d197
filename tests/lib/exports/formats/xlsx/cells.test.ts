import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { readSheets } from './read-workbook.ts';
import { tableOf, type WantedOptions, writeWorkbook } from './write-workbook.ts';

/** The cell of a table that has this one alone, and what was noted of it. */
async function written(type: ColumnType, cell: CellText, options: WantedOptions = {}) {
  const notes: string[] = [];
  const note = (kind: string, header: string) => notes.push(`${kind} ${header}`);
  const { Orders } = await readSheets(await writeWorkbook(tableOf({ a: type }, [[cell]]), options, { note }));
  return { cell: Orders?.A2, notes };
}

describe('a text in a workbook', () => {
  it.each([
    ['quotes', 'say "hi" & <b>it\'s</b>'],
    ['lines and blanks', '  two\nlines\r\nand\ttabs '],
    ['emoji', '👩‍👩‍👧 ✈️'],
    ['right-to-left letters', 'שלום עולם مرحبا'],
    ['leading zeros', '00042'],
    ['a formula', '=HYPERLINK("http://example.com","x")'],
    ['control characters', 'a\u0001b\u000bc\u001fd\ufffe'],
    ['what looks like an escape', '_x0041_ and _X0041_'],
    ['half a character', 'a\ud800b\udc00'],
    ['a number', '12345678901234567890'],
    ['nothing', ''],
  ])('comes back as it was: %s', async (_, text) => {
    const { cell, notes } = await written('text', text);
    expect(cell).toMatchObject({ type: 'inlineStr', value: text });
    expect(cell?.formula).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it('comes back as it was, whatever it holds', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 50 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(texts, async (cells) => {
        const file = await writeWorkbook(
          tableOf(
            { a: 'text' },
            cells.map((cell) => [cell]),
          ),
        );
        const { Orders = {} } = await readSheets(file);
        expect(cells.map((_, row) => Orders[`A${row + 2}`]?.value)).toEqual(cells);
      }),
      { numRuns: 20 },
    );
  });

  it('is no cell where it is null', async () => {
    expect((await written('text', null)).cell).toBeUndefined();
  });

  it('is cut to the 32,767 units that a cell takes, and that is noted', async () => {
    const whole = 'a'.repeat(32_767);
    expect(await written('text', whole)).toMatchObject({ cell: { value: whole }, notes: [] });
    expect(await written('text', `${whole}b`)).toMatchObject({ cell: { value: whole }, notes: ['cut a'] });
    const { cell } = await written('text', `${'a'.repeat(32_766)}😀`);
    expect(cell?.value).toBe('a'.repeat(32_766));
  });

  it('is cut in the header too', async () => {
    const table = tableOf({ ['a'.repeat(40_000)]: 'text' }, []);
    const { Orders } = await readSheets(await writeWorkbook(table));
    expect(Orders?.A1?.value).toHaveLength(32_767);
  });
});

describe('a number in a workbook', () => {
  it.each<[ColumnType, string]>([
    ['integer', '0'],
    ['integer', '-42'],
    ['integer', '123456789012345'],
    ['integer', '9000000000000000000'],
    ['decimal', '12.10'],
    ['decimal', '-0.000000000000000000123456789012345'],
    ['decimal', '1000000.000000000000000000'],
  ])('is a number where Excel keeps its digits: %s %s', async (type, cell) => {
    expect(await written(type, cell)).toMatchObject({ cell: { type: 'n', value: cell }, notes: [] });
  });

  it.each<[ColumnType, string]>([
    ['integer', '9007199254740993'],
    ['decimal', '12345678901234567890123456789012345.678'],
    ['decimal', '0.1234567890123456'],
    ['decimal', 'NaN'],
    ['decimal', '-Infinity'],
    ['decimal', `1${'0'.repeat(400)}`],
  ])('is a text with every digit where Excel would drop some: %s %s', async (type, cell) => {
    expect(await written(type, cell)).toMatchObject({
      cell: { type: 'inlineStr', value: cell },
      notes: ['replaced a'],
    });
  });

  it('is a number all the same where that is asked for', async () => {
    const options = { numbers: 'number' } as const;
    expect((await written('integer', '9007199254740993', options)).cell).toMatchObject({ type: 'n' });
    expect((await written('decimal', 'NaN', options)).cell).toMatchObject({ type: 'inlineStr' });
  });
});

describe('a date in a workbook', () => {
  it.each<[ColumnType, string, number, string]>([
    ['date', '1900-03-01', 61, 'yyyy-mm-dd'],
    ['date', '2024-02-29', 45_351, 'yyyy-mm-dd'],
    ['date', '9999-12-31', 2_958_465, 'yyyy-mm-dd'],
    ['timestamp', '2024-02-29T12:00:00Z', 45_351.5, 'yyyy-mm-dd hh:mm:ss'],
    ['timestamp', '2024-02-29T18:00:00.25Z', 45_351 + 64_800.25 / 86_400, 'yyyy-mm-dd hh:mm:ss'],
  ])('is a day that Excel counts, with a format: %s %s', async (type, cell, serial, format) => {
    const { cell: found, notes } = await written(type, cell);
    expect(found).toMatchObject({ type: 'n', format });
    expect(Number(found?.value)).toBe(serial);
    expect(notes).toEqual([]);
  });

  it.each<[ColumnType, string]>([
    ['date', '0001-01-01'],
    ['date', '1900-02-28'],
    ['date', '10000-01-01'],
    ['date', '0044-03-15 BC'],
    ['date', 'infinity'],
    ['timestamp', '0001-01-01T00:00:00Z'],
    ['timestamp', '-infinity'],
    ['timestamp', '9999-12-31T23:59:59.999999Z'],
  ])('is a text where Excel has no such day: %s %s', async (type, cell) => {
    expect(await written(type, cell)).toMatchObject({
      cell: { type: 'inlineStr', value: cell },
      notes: ['replaced a'],
    });
  });

  it('is read by another library as the moment that it is', async () => {
    const cells = ['1969-07-20T20:17:40Z', '2026-11-22T23:59:59.999Z'];
    const file = await writeWorkbook(
      tableOf(
        { at: 'timestamp' },
        cells.map((cell) => [cell]),
      ),
    );
    const book = new ExcelJS.Workbook();
    await book.xlsx.read(Readable.from([file]));
    const found = cells.map((_, row) => book.worksheets[0]?.getCell(row + 2, 1).value as Date);
    expect(found.map((date) => date.toISOString())).toEqual(['1969-07-20T20:17:40.000Z', cells[1]]);
  });
});

describe('a boolean in a workbook', () => {
  it.each([
    ['true', '1'],
    ['false', '0'],
  ])('is one: %s', async (cell, value) => {
    expect((await written('boolean', cell)).cell).toMatchObject({ type: 'b', value });
  });
});
