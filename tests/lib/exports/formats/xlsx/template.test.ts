import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { unzip } from '#tests/support/unzip.ts';
import { zip } from '#tests/support/zip.ts';
import { elements, readSheets } from './read-workbook.ts';
import { byHand, fill, rows, type Template, withReport, withTable } from './templates.ts';
import { tableOf, writeWorkbook } from './write-workbook.ts';

async function partsOf(file: Uint8Array): Promise<(name: string) => string> {
  const files = await unzip(file);
  return (name) => files.get(name)?.toString() ?? '';
}

describe('a template of sheets', () => {
  it('has its rows replaced under its headings, in its looks, its formulas filled down', async () => {
    const sheets = await readSheets(await fill(await withReport(), { sheet: 'data OF 2026' }));
    const data = sheets['Data of 2026'] ?? {};
    expect(['A1', 'B1', 'C1', 'D1'].map((cell) => cell in data)).toEqual([true, true, true, true]);
    expect(data.B2).toMatchObject({ type: 'inlineStr', value: 'A' });
    expect(data.B4).toMatchObject({ type: 'inlineStr', value: '=D' });
    expect(data.C3).toMatchObject({ type: 'n', value: '2.25', format: '#,##0.00' });
    expect(data.A2).toMatchObject({ type: 'n', value: '46023', format: '#14' });
    expect(data.C4).toMatchObject({ value: '', format: '#,##0.00' });
    expect(data.D5).toMatchObject({ formula: '$C5*1.2', format: '#,##0.00' });
    expect('A6' in data).toBe(false);
  });

  it('has all that refers to its rows follow them', async () => {
    const part = await partsOf(await fill(await withReport(), {}));
    const ranges = part('xl/charts/chart1.xml').match(/(?<=<c:f>)[^<]*/g);
    expect(ranges).toEqual(["'Data of 2026'!$B$2:$B$5", "'Data of 2026'!$C$2:$C$5"]);
    expect(part('xl/worksheets/sheet2.xml')).toContain("<f>SUM('Data of 2026'!C2:C5)</f>");
    expect(part('xl/workbook.xml')).toContain("'Data of 2026'!$C$2:$C$5<");
    expect(elements(part('xl/workbook.xml'), 'calcPr')[0]?.fullCalcOnLoad).toBe('1');
    const data = part('xl/worksheets/sheet1.xml');
    expect(elements(data, 'autoFilter')[0]?.ref).toBe('A1:D5');
    expect(elements(data, 'conditionalFormatting')[0]?.sqref).toBe('C2:C5');
    expect(elements(data, 'dataValidation')[0]?.sqref).toBe('B2:B5');
    const cache = part('xl/pivotCache/pivotCacheDefinition1.xml');
    expect(elements(cache, 'worksheetSource')[0]?.ref).toBe('A1:D5');
    expect(elements(cache, 'pivotCacheDefinition')[0]?.refreshOnLoad).toBe('1');
  });

  it('keeps every other part byte for byte', async () => {
    const template = await withReport();
    const [before, after] = await Promise.all([unzip(template), fill(template, {}).then(unzip)]);
    expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
    const changed = [...before.keys()].filter((name) => !after.get(name)?.equals(before.get(name) as Buffer));
    expect(changed.toSorted()).toEqual([
      'xl/charts/chart1.xml',
      'xl/pivotCache/pivotCacheDefinition1.xml',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet2.xml',
    ]);
  });

  it('shrinks to fewer rows, and to one blank one without any', async () => {
    const one = await partsOf(await fill(await withReport(), {}, rows.slice(0, 1)));
    expect(one('xl/charts/chart1.xml')).toContain("'Data of 2026'!$C$2:$C$2<");
    const none = await readSheets(await fill(await withReport(), {}, []));
    expect(none['Data of 2026']?.B2?.value).toBe('');
    expect(none['Data of 2026']?.D2?.formula).toBe('$C2*1.2');
    expect('B3' in (none['Data of 2026'] ?? {})).toBe(false);
  });

  it('takes columns in their order where it has no headings', async () => {
    const sheets = await readSheets(await fill(await withReport(), { sheet: 'Report', startCell: 'C30' }));
    expect(sheets.Report?.C30?.value).toBe('A');
    expect(sheets.Report?.D33?.value).toBe('4');
    expect(sheets.Report?.B1?.formula).toBe("SUM('Data of 2026'!C2:C3)");
  });

  it.each<[Template, RegExp]>([
    [{ sheet: 'Nowhere' }, /no sheet "Nowhere".+"Data of 2026", "Report", "Pivot"/],
    [{ table: 'Prices' }, /no table "Prices".+none/],
    [{ sheet: 'Report' }, /no column for "item", "price", "day"/],
  ])('is refused where it does not fit: %j', async (wanted, message) => {
    await expect(fill(await withReport(), wanted)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });
});

describe('a template of a table', () => {
  it('grows with its totals below it and what stands beside it in its place', async () => {
    const file = await fill(await withTable(), { table: 'salestable' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.read(Readable.from([file]));
    const sheet = book.getWorksheet('Sales') as ExcelJS.Worksheet;
    expect(sheet.getCell('B1').value).toBe('Sales of the harbour');
    expect(sheet.getCell('B5').value).toBe('B & "C"');
    expect(sheet.getCell('C5').value).toEqual(new Date('2026-01-02'));
    expect(sheet.getCell('C5').numFmt).toBe('dd.mm.yyyy');
    expect(sheet.getCell('D7').value).toBe(4);
    expect(sheet.getCell('B8').value).toBe('All');
    expect(sheet.getCell('D8').formula).toContain('SUBTOTAL');
    expect(sheet.getCell('F4').value).toBe('a note beside the rows');
    expect(sheet.getCell('F30').value).toBe('a note further down');
    const part = await partsOf(file);
    expect(elements(part('xl/tables/table1.xml'), 'table')[0]?.ref).toBe('B3:D8');
    expect(elements(part('xl/tables/table1.xml'), 'autoFilter')[0]?.ref).toBe('B3:D7');
  });

  it('is found by the cell where rows are to begin', async () => {
    const part = await partsOf(await fill(await withTable(), { startCell: 'B4' }));
    expect(elements(part('xl/tables/table1.xml'), 'table')[0]?.ref).toBe('B3:D8');
  });

  it('has rows of its own, even where it was empty before', async () => {
    const files = Object.fromEntries(await unzip(await withTable()));
    const before = String(files['xl/tables/table1.xml']).replace('<table ', '<table insertRow="1" ');
    const template = zip({ ...files, 'xl/tables/table1.xml': before });
    const part = await partsOf(await fill(template, { table: 'SalesTable' }));
    const [table] = elements(part('xl/tables/table1.xml'), 'table');
    expect(table).toMatchObject({ ref: 'B3:D8' });
    expect(table).not.toHaveProperty('insertRow');
  });

  it('is refused where something stands in the way of its rows', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.read(Readable.from([await withTable()]));
    (book.getWorksheet('Sales') as ExcelJS.Worksheet).getCell('C8').value = 'in the way';
    const template = await buffer(Readable.from([await book.xlsx.writeBuffer()]));
    await expect(fill(template, { table: 'SalesTable' })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/row 8/),
    });
  });
});

describe('a template written by hand', () => {
  it('has its shared formula written out, its rows as high, and no chain of formulas that are gone', async () => {
    const file = await fill(byHand(), {});
    const files = await unzip(file);
    const sheet = files.get('xl/worksheets/s0.xml')?.toString() ?? '';
    expect(sheet).toContain('<f>B5*2+LEN(&quot;B2&quot;)</f>');
    expect(sheet).not.toContain('shared');
    expect(elements(sheet, 'row').map(({ ht }) => ht)).toEqual([undefined, '20', '20', '20', '20']);
    expect(files.has('xl/calcChain.xml')).toBe(false);
    expect(files.get('[Content_Types].xml')?.toString()).not.toContain('calcChain');
  });

  it('is filled where its headings are written in numbers, and its first row is hidden by a filter', async () => {
    const template = byHand({
      'xl/sharedStrings.xml': '<sst xmlns="s"><si><t>&#x69;te&#109; </t></si></sst>',
      'xl/worksheets/s0.xml':
        '<worksheet xmlns="s"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>' +
        '<row r="2" hidden="1"><c r="A2"/></row></sheetData></worksheet>',
    });
    const file = await writeWorkbook(
      tableOf({ item: 'text' }, [['A'], ['B']]),
      { template: { upload: 'mine' } },
      { open: async () => template },
    );
    const sheet = (await partsOf(file))('xl/worksheets/s0.xml');
    expect(elements(sheet, 'row').map(({ hidden }) => hidden)).toEqual([undefined, undefined, undefined]);
    expect(sheet).toContain('<t>B</t>');
  });

  it('has a formula above its rows reach over them, however many come', async () => {
    const sheet = (await partsOf(await fill(byHand(), {})))('xl/worksheets/s0.xml');
    expect(sheet).toContain('<f>SUM(B2:B1048576)</f>');
  });
});
