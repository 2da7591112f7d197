import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { letters } from './columns.ts';
import type { XlsxOptions } from './options.ts';
import { dataStyle, headerStyle, titleStyle } from './styles.ts';

/** The most rows of a sheet, header and all. */
export const MAX_SHEET_ROWS = 1_048_576;
const WIDTH = 16;

/** A sheet of rows as far as it has been written. */
export interface DataSheet {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly OutputColumn[];
  /** In characters. */
  readonly widths: readonly number[];
  /** Beside its header. */
  rows: number;
}

/** The row of the header, from 1. */
export function headerRow({ styling }: Pick<XlsxOptions, 'styling'>): number {
  return styling.titleRow ? 2 : 1;
}

/**
 * The sheet with all that stands around its rows, and in place of them one of each style: the header, a plain row
 * and a shaded one.
 */
export function sheetOutline(sheet: DataSheet, options: XlsxOptions): WriteSheet {
  const { styling } = options;
  const { columns, widths, name } = sheet;
  const first = headerRow(options);
  const last = first + Math.max(sheet.rows, 1);
  const look = (shaded: boolean) => columns.map((column) => dataStyle(column, options, shaded));
  const styles = [columns.map(() => headerStyle(options)), look(false), look(styling.alternatingRows)];
  const rows = [columns.map(({ header }) => header), ...styles.slice(1).map((row) => row.map(() => 0))];
  const title = styling.titleRow
    ? { rows: [[sheet.title]], styles: [[titleStyle]] }
    : { rows: [], styles: [] };
  return {
    name,
    rows: [...title.rows, ...rows],
    cells: styledCells([...title.styles, ...styles]),
    columns: widths.map((width) => ({ width: styling.fitWidths ? width : WIDTH })),
    ...frozen(styling.freezeHeader ? first : 0, styling.freezeColumns),
    ...(styling.autoFilter && { autoFilter: { range: `A${first}:${letters(columns.length - 1)}${last}` } }),
  };
}

function frozen(rows: number, columns: number): Pick<WriteSheet, 'freezePane'> {
  return rows + columns > 0 ? { freezePane: { rows, columns } } : {};
}

function styledCells(rows: readonly (readonly CellStyle[])[]): Map<string, Partial<Cell>> {
  const cells = rows.flatMap((row, at) =>
    row.map((style, place): [string, Partial<Cell>] => [`${at},${place}`, { style }]),
  );
  return new Map(cells);
}
