import { columnNames } from '#connectors/column-names.ts';
import type { Batch, Piece } from '#connectors/paging.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { openArchive } from './archive.ts';
import type { ExcelConfig } from './definition.ts';
import { readNumberFormats } from './number-formats.ts';
import { readSharedStrings } from './shared-strings.ts';
import { type SheetRow, sheetRows } from './sheet.ts';
import { chooseSheet, readWorkbook, type Sheet } from './workbook.ts';

export interface ExcelBatch extends Batch {
  readonly columns: readonly string[];
  readonly sheet: Sheet;
  readonly sheets: readonly Sheet[];
}

/**
 * The rows of one sheet of a workbook by the names in its header row; an empty cell is an empty text, and a
 * row without anything under those names is passed over. The first batch comes with the header, the others
 * with rows. The file is kept in a temporary one, the sheet read in flat memory, its texts held. Closes the
 * source in any case.
 */
export async function* excelRows(
  source: AsyncIterable<Uint8Array>,
  config: ExcelConfig,
): AsyncGenerator<ExcelBatch> {
  const archive = await openArchive(source);
  try {
    const { sheets, ...workbook } = await readWorkbook(archive);
    const sheet = chooseSheet(sheets, config.sheet);
    const context = {
      date1904: workbook.date1904,
      formats: await readNumberFormats(archive, workbook.stylesPath),
      strings: await readSharedStrings(archive, workbook.stringsPath),
    };
    const batches = sheetRows(archive.read(sheet.path), context);
    for await (const table of tableRows(batches, sheet, config.headerRow)) yield { ...table, sheet, sheets };
  } finally {
    await archive.close();
  }
}

interface Table {
  readonly columns: readonly string[];
  readonly pieces: readonly Piece[];
}

async function* tableRows(
  batches: AsyncIterable<readonly SheetRow[]>,
  sheet: Sheet,
  headerRow: number | undefined,
): AsyncGenerator<Table> {
  let columns: readonly string[] | undefined;
  let last = 0;
  for await (const rows of batches) {
    last = rows.at(-1)?.number ?? last;
    let below = rows;
    if (!columns) {
      const header = rows.find(({ number }) => number >= (headerRow ?? 1));
      if (!header) continue;
      if (headerRow !== undefined && header.number !== headerRow) throw noHeader(sheet, headerRow);
      columns = columnNames(Array.from(header.cells, (cell) => textOf(cell)));
      below = rows.slice(rows.indexOf(header) + 1);
    }
    const names = columns;
    yield { columns, pieces: below.flatMap((row) => piece(row, names) ?? []) };
  }
  if (!columns) throw last === 0 ? emptySheet(sheet) : noHeader(sheet, headerRow, last);
}

function piece({ number, cells, bytes }: SheetRow, columns: readonly string[]): Piece | undefined {
  const values: Record<string, unknown> = {};
  let isEmpty = true;
  for (const [index, name] of columns.entries()) {
    const value = cells[index];
    if (value !== undefined) isEmpty = false;
    values[name] = value ?? '';
  }
  return isEmpty ? undefined : { bytes, row: { line: number, values } };
}

function textOf(cell: unknown): string {
  if (cell === undefined) return '';
  return JSON.isRawJSON(cell) ? cell.rawJSON : String(cell);
}

function emptySheet({ name }: Sheet): EntrepotError {
  return new EntrepotError('DATA_ERROR', `The sheet "${name}" is empty: it has neither a header nor rows.`);
}

function noHeader({ name }: Sheet, headerRow: number | undefined, last?: number): EntrepotError {
  const problem =
    last === undefined
      ? `Row ${headerRow} of the sheet "${name}" is empty`
      : `The sheet "${name}" ends at row ${last}, above row ${headerRow}`;
  return new EntrepotError('DATA_ERROR', `${problem}. Choose the row that holds the column names.`);
}
