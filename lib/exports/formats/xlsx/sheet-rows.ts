import type { CellText } from '#lib/core/columns.ts';
import type { FileContext } from '#lib/exports/formats/contract.ts';
import { cellBody, formulaBody, textBody } from './cells.ts';
import { letters } from './columns.ts';
import { headerRow, type SheetTable, type Styles } from './data-sheet.ts';
import type { TotalCell } from './totals.ts';

/** Writes a row at its place on the sheet, counted from 1. */
export type RowWriter = (row: readonly CellText[], number: number) => string;

/** Rows of data below the header, in turn plain and shaded. A null is no cell, or where cells have a look, an empty one. */
export function dataRows(
  { columns, formulas, options }: SheetTable,
  [plain, shaded]: readonly [Styles, Styles],
  note: FileContext['note'],
): RowWriter {
  const { borders, alternatingRows } = options.styling;
  const parity = headerRow(options) % 2;
  const bodies = columns.map((column) => cellBody(column, options, note));
  const starts = [...columns, ...formulas].map((_, place) => `<c r="${letters(place)}`);
  return (row, number) => {
    const isShaded = number % 2 === parity;
    const styles = isShaded ? shaded : plain;
    const keepsNull = borders || (alternatingRows && isShaded);
    let line = `<row r="${number}">`;
    let place = 0;
    for (const body of bodies) {
      const cell = row[place];
      if (typeof cell === 'string') line += `${starts[place]}${number}"${styles[place]}${body(cell)}`;
      else if (keepsNull) line += `${starts[place]}${number}"${styles[place]}/>`;
      place += 1;
    }
    for (const formula of formulas) {
      line += `${starts[place]}${number}"${styles[place]}${formulaBody(formula.at(number))}`;
      place += 1;
    }
    return `${line}</row>`;
  };
}

/** A row of texts, such as the header. */
export function textRow(texts: readonly string[], styles: Styles, number: number): string {
  return rowOf(texts.map(textBody), styles, number);
}

/** A row of totals by the places of their columns; the first cell says what it is where it has none. */
export function totalRow(totals: ReadonlyMap<number, TotalCell>, styles: Styles, number: number): string {
  const bodies = styles.map((_, place) => {
    const { formula, text } = totals.get(place) ?? (place === 0 ? { text: 'Total' } : {});
    if (formula !== undefined) return formulaBody(formula);
    return text === undefined ? '/>' : textBody(text);
  });
  return rowOf(bodies, styles, number);
}

function rowOf(bodies: readonly string[], styles: Styles, number: number): string {
  const cells = bodies.map((body, place) => `<c r="${letters(place)}${number}"${styles[place] ?? ''}${body}`);
  return `<row r="${number}">${cells.join('')}</row>`;
}
