import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { writeXlsx } from 'hucre/xlsx';
import type { CellText } from '#lib/core/columns.ts';
import { workbookFiles } from '#tests/support/workbook.ts';
import { zip } from '#tests/support/zip.ts';
import { tableOf, type WantedOptions, writeWorkbook } from './write-workbook.ts';

export type Template = Omit<NonNullable<WantedOptions['template']>, 'upload'>;

export const columns = { item: 'text', price: 'decimal', day: 'date' } as const;
export const rows: CellText[][] = [
  ['A', '1.50', '2026-01-01'],
  ['B & "C"', '2.25', '2026-01-02'],
  ['=D', null, null],
  ['E', '4', '2026-01-04'],
];

/** The template filled with the rows. */
export function fill(
  template: Uint8Array,
  wanted: Template,
  given: readonly CellText[][] = rows,
): Promise<Buffer> {
  const options = { template: { upload: 'mine', ...wanted } };
  const open = async () => template;
  return writeWorkbook(tableOf(columns, given), options, { open });
}

/** A sheet of data with a report beside it: a chart, a pivot table, a formula and a picture of it all in numbers. */
export async function withReport(): Promise<Uint8Array> {
  const style = {
    numFmt: '#,##0.00',
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFF2CC' } },
  };
  return writeXlsx({
    sheets: [
      {
        name: 'Data of 2026',
        rows: [
          ['Day', 'Item', 'Price', 'Gross'],
          [46_000, 'x', 1, null],
          [46_001, 'y', 2, null],
        ],
        cells: new Map([
          ['1,2', { style: style as never }],
          ['1,3', { formula: '$C2*1.2', style: style as never }],
          ['2,3', { formula: '$C3*1.2' }],
        ]),
        autoFilter: { range: 'A1:D3' },
        conditionalRules: [
          { type: 'cellIs', priority: 1, operator: 'greaterThan', formula: '1', range: 'C2:C3' },
        ],
        dataValidations: [{ type: 'list', values: ['x', 'y'], range: 'B2:B3' }],
        freezePane: { rows: 1 },
      },
      {
        name: 'Report',
        rows: [['Sum', null]],
        cells: new Map([['0,1', { formula: "SUM('Data of 2026'!C2:C3)" }]]),
        charts: [
          {
            type: 'column',
            title: 'Prices',
            series: [{ values: "'Data of 2026'!$C$2:$C$3", categories: "'Data of 2026'!$B$2:$B$3" }],
            anchor: { from: { row: 3, col: 1 }, to: { row: 18, col: 8 } },
          },
        ],
      },
      {
        name: 'Pivot',
        rows: [],
        pivotTables: [
          {
            name: 'P',
            sourceSheet: 'Data of 2026',
            sourceRange: 'A1:D3',
            rows: ['Item'],
            values: [{ field: 'Price' }],
          },
        ],
      },
    ],
    namedRanges: [{ name: 'Prices', range: "'Data of 2026'!$C$2:$C$3" }],
  });
}

/** A table with totals, from another library, with a note beside it. */
export async function withTable(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Sales');
  sheet.getCell('B1').value = 'Sales of the harbour';
  sheet.addTable({
    name: 'SalesTable',
    ref: 'B3',
    totalsRow: true,
    columns: [
      { name: 'Item', totalsRowLabel: 'All' },
      { name: 'Day' },
      { name: 'Price', totalsRowFunction: 'sum' },
    ],
    rows: [
      ['x', new Date('2025-01-01'), 1],
      ['y', new Date('2025-01-02'), 2],
    ],
  });
  sheet.getCell('F4').value = 'a note beside the rows';
  sheet.getCell('F30').value = 'a note further down';
  sheet.getColumn('C').numFmt = 'dd.mm.yyyy';
  return buffer(Readable.from([await book.xlsx.writeBuffer()]));
}

/** Written by hand: formulas shared by cells, a chain of them, and what Excel writes beside. */
export function byHand(parts: Readonly<Record<string, string>> = {}): Buffer {
  const head = ['item', 'price', 'day', 'twice'].map(
    (text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  const data =
    `<row r="1">${head.join('')}<c r="G1"><f>SUM(B2:B3)</f><v>3</v></c></row>` +
    '<row r="2" ht="20" customHeight="1" spans="1:4"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>1</v></c><c r="D2"><f t="shared" ref="D2:D3" si="0">B2*2+LEN("B2")</f><v>2</v></c></row>' +
    '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><v>2</v></c><c r="D3"><f t="shared" si="0"/><v>4</v></c></row>';
  const files = workbookFiles({ sheets: { Data: data, Other: '' }, strings: '<si><t>sample</t></si>' });
  const chain = '<Override PartName="/xl/calcChain.xml" ContentType="x.calcChain+xml"/>';
  return zip({
    '[Content_Types].xml': `<Types xmlns="t">${chain}</Types>`,
    ...files,
    'xl/calcChain.xml': '<calcChain xmlns="c"><c r="D3" i="1"/></calcChain>',
    ...parts,
  });
}
