import type { FileContext } from '#lib/exports/formats/contract.ts';
import { rowChunks } from './chunks.ts';
import { type DataSheet, headerRow, type SheetTable, type Styles, sheetCapacity } from './data-sheet.ts';
import type { RowFeed } from './row-feed.ts';
import { dataRows, textRow, totalRow } from './sheet-rows.ts';
import type { SheetShell } from './shell.ts';
import { totalCells } from './totals.ts';

/**
 * A sheet as it grows: what stands before its rows, as many of the feed's as it holds, and what stands behind them.
 * `outline` is asked for both, before the first row and after the last, by when `sheet.rows` says how many there are.
 */
export async function* sheetXml(
  sheet: DataSheet,
  feed: RowFeed,
  outline: () => Promise<SheetShell>,
  note: FileContext['note'],
): AsyncGenerator<string> {
  const { table } = sheet;
  const { head, styles } = await outline();
  const header = headerRow(table.options);
  const [headerStyles = [], plain = [], shaded = [], totalStyles = []] = styles.slice(header - 1);
  yield head;
  if (header > 1) yield textRow([table.title], styles[0] ?? [], 1);
  const headers = [...table.columns, ...table.formulas].map((column) => column.header);
  yield textRow(headers, headerStyles, header);
  const write = dataRows(table, [plain, shaded], (kind, name, cell) => {
    if (kind === 'replaced') table.asText.add(name);
    note(kind, name, cell);
  });
  yield* rowChunks(feed.take(sheetCapacity(table.options)), (row) => {
    sheet.rows += 1;
    return write(row, header + sheet.rows);
  });
  if (!(await feed.peek())) yield totalsOf(table, totalStyles, header + sheet.rows + 1);
  yield (await outline()).tail;
}

/** The totals of all the table's sheets; nothing where none is asked for, or there is no row. */
function totalsOf(
  { options, columns, formulas, sheets, asText }: SheetTable,
  styles: Styles,
  number: number,
): string {
  const first = headerRow(options) + 1;
  const ranges = sheets
    .filter(({ rows }) => rows > 0)
    .map(({ name, rows }) => ({ sheet: name, first, last: first + rows - 1 }));
  if (options.totals.length === 0 || ranges.length === 0) return '';
  return totalRow(totalCells(options.totals, [...columns, ...formulas], ranges, asText), styles, number);
}
