import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { letters } from './columns.ts';
import type { FormulaColumn } from './formulas.ts';
import type { XlsxOptions } from './options.ts';
import { conditionalRules, dataValidations } from './rules.ts';
import { MAX_ROWS } from './sheet-limits.ts';
import { dataStyle, headerStyle, titleStyle, totalStyle } from './styles.ts';
import { fittedWidths } from './widths.ts';

const WIDTH = 16;

/** A table as it is spread over sheets. */
export interface SheetTable {
  readonly title: string;
  readonly columns: readonly OutputColumn[];
  /** To the right of the columns. */
  readonly formulas: readonly FormulaColumn[];
  readonly options: XlsxOptions;
  /** In their order, as far as they have been begun. */
  readonly sheets: DataSheet[];
  /** The headers of columns that have a cell which Excel cannot hold as what it is, written as text. */
  readonly asText: Set<string>;
}

/** A sheet of rows as far as it has been written. */
export interface DataSheet {
  readonly name: string;
  readonly table: SheetTable;
  /** In characters. */
  readonly widths: readonly number[];
  /** Beside its header. */
  rows: number;
}

export type Styles = readonly string[];

/** The next sheet of a table, its columns as wide as its first rows need. */
export function newSheet(
  table: SheetTable,
  name: string,
  first: Parameters<typeof fittedWidths>[1],
): DataSheet {
  const headers = [...table.columns, ...table.formulas].map(({ header }) => header);
  const sheet = { name, table, widths: fittedWidths(headers, first), rows: 0 };
  table.sheets.push(sheet);
  return sheet;
}

/** The row of the header, from 1. */
export function headerRow({ styling }: Pick<XlsxOptions, 'styling'>): number {
  return styling.titleRow ? 2 : 1;
}

/** How many rows of data fit below the header, and above the totals where there are any. */
export function sheetCapacity(options: XlsxOptions): number {
  return MAX_ROWS - headerRow(options) - Math.min(options.totals.length, 1);
}

/**
 * The sheet with all that stands around its rows, and in place of them one of each style: the title where there is one,
 * the header, a plain row, a shaded one, and the totals.
 */
export function sheetOutline({ name, table, widths, rows }: DataSheet): WriteSheet {
  const { options, title } = table;
  const { styling } = options;
  const columns = [...table.columns, ...table.formulas];
  const header = headerRow(options);
  const range = { first: header + 1, last: header + Math.max(rows, 1) };
  const look = (shaded: boolean) => columns.map((column) => dataStyle(column, options, shaded));
  const styles = [
    ...(styling.titleRow ? [[titleStyle]] : []),
    columns.map(() => headerStyle(options)),
    look(false),
    look(styling.alternatingRows),
    look(false).map(totalStyle),
  ];
  return {
    name,
    rows: styles.map((row) => row.map(() => title || name)),
    cells: styledCells(styles),
    columns: widths.map((width) => ({ width: styling.fitWidths ? width : WIDTH })),
    ...frozen(styling.freezeHeader ? header : 0, styling.freezeColumns),
    ...(styling.autoFilter && {
      autoFilter: { range: `A${header}:${letters(columns.length - 1)}${range.last}` },
    }),
    conditionalRules: conditionalRules(options.conditionalFormats, table.columns, range),
    dataValidations: dataValidations(options.validations, table.columns, range),
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
