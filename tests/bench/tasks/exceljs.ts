import { PassThrough } from 'node:stream';
import ExcelJS from 'exceljs';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import type { Ground } from '#tests/bench/ground.ts';
import { discard } from './discard.ts';
import { readLargeTable } from './large-table.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

const formats: Partial<Record<ColumnType, string>> = {
  integer: '0',
  date: 'yyyy-mm-dd',
  timestamp: 'yyyy-mm-dd hh:mm:ss',
};

/** The baseline of workbooks: the same rows by exceljs' streaming writer, with a styled header and real types. */
export function exceljs(ground: Ground): Promise<Measured> {
  return readLargeTable(ground, {}, ({ client }, plan) =>
    timed(async () => {
      const stream = new PassThrough();
      const size = discard(stream);
      const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
      const sheet = book.addWorksheet('bench', {
        views: [{ state: 'frozen', ySplit: 1 }],
      });
      sheet.columns = plan.columns.map(({ header, type }) => ({
        header,
        width: 16,
        ...(formats[type] && { style: { numFmt: formats[type] } }),
      }));
      const head = sheet.getRow(1);
      head.font = { bold: true, color: { argb: 'FFFFFFFF' } };
      head.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F4E78' } };
      head.commit();
      const values = plan.columns.map(({ type }) => valuesOf[type] ?? asText);
      for await (const batch of rowBatches(client, plan.select())) {
        for (const row of batch) sheet.addRow(row.map((cell, place) => typed(values[place], cell))).commit();
        // It takes no heed of what it has not yet written: this lets it write.
        await new Promise(setImmediate);
      }
      sheet.commit();
      await book.commit();
      return size;
    }),
  );
}

/** For comparison: a workbook of `limit` of the rows that exceljs holds in memory, as most would write it. */
export function exceljsInMemory(ground: Ground, { limit }: { readonly limit: number }): Promise<Measured> {
  return readLargeTable(ground, { limit }, ({ client }, plan) =>
    timed(async () => {
      const book = new ExcelJS.Workbook();
      const sheet = book.addWorksheet('bench');
      sheet.columns = plan.columns.map(({ header }) => ({ header, width: 16 }));
      sheet.getRow(1).font = { bold: true };
      const values = plan.columns.map(({ type }) => valuesOf[type] ?? asText);
      for await (const batch of rowBatches(client, plan.select())) {
        for (const row of batch) sheet.addRow(row.map((cell, place) => typed(values[place], cell)));
      }
      return { megabytes: (await book.xlsx.writeBuffer()).byteLength / 1e6 };
    }),
  );
}

type Value = (cell: string) => ExcelJS.CellValue;

const asText: Value = (cell) => cell;
const valuesOf: Partial<Record<ColumnType, Value>> = {
  integer: Number,
  decimal: Number,
  boolean: (cell) => cell === 'true',
  date: (cell) => new Date(`${cell}T00:00:00Z`),
  timestamp: (cell) => new Date(cell),
};

function typed(value: Value | undefined, cell: CellText): ExcelJS.CellValue {
  return cell === null ? null : (value ?? asText)(cell);
}
