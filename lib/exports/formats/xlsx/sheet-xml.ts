import type { FileContext } from '#lib/exports/formats/contract.ts';
import { type DataSheet, headerRow, MAX_SHEET_ROWS } from './data-sheet.ts';
import type { XlsxOptions } from './options.ts';
import type { RowFeed } from './row-feed.ts';
import { dataRows, textRow } from './sheet-rows.ts';
import type { SheetShell } from './shell.ts';

/** In UTF-16 units; mostly as many bytes. */
const CHUNK_UNITS = 128 * 1024;

/**
 * A sheet as it grows: what stands before its rows, as many of the feed's as it holds, and what stands behind them.
 * `outline` is asked for both, before the first row and after the last, by when `sheet.rows` says how many there are.
 */
export async function* sheetXml(
  sheet: DataSheet,
  feed: RowFeed,
  outline: () => Promise<SheetShell>,
  options: XlsxOptions,
  note: FileContext['note'],
): AsyncGenerator<string> {
  const { head, styles } = await outline();
  const header = headerRow(options);
  const [headerStyles = [], plain = [], shaded = []] = styles.slice(header - 1);
  yield head;
  if (header > 1) yield textRow([sheet.title], styles[0] ?? [], 1);
  yield textRow(
    sheet.columns.map((column) => column.header),
    headerStyles,
    header,
  );
  const write = dataRows(sheet, [plain, shaded], options, note);
  for await (const batch of feed.take(MAX_SHEET_ROWS - header)) {
    let text = '';
    for (const row of batch) {
      sheet.rows += 1;
      text += write(row, header + sheet.rows);
      if (text.length < CHUNK_UNITS) continue;
      yield text;
      text = '';
    }
    if (text) yield text;
  }
  yield (await outline()).tail;
}
