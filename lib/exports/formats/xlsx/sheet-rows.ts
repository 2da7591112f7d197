import type { CellText } from '#lib/core/columns.ts';
import type { FileContext } from '#lib/exports/formats/contract.ts';
import { cellBody, textBody } from './cells.ts';
import { letters } from './columns.ts';
import { type DataSheet, headerRow } from './data-sheet.ts';
import type { XlsxOptions } from './options.ts';

type Row = readonly CellText[];
type Styles = readonly string[];

/** Writes a row at its place on the sheet, counted from 1. */
export type RowWriter = (row: Row, number: number) => string;

/** Rows of data below the header, in turn plain and shaded. A null is no cell, or where cells have a look, an empty one. */
export function dataRows(
  { columns }: Pick<DataSheet, 'columns'>,
  [plain, shaded]: readonly [Styles, Styles],
  options: XlsxOptions,
  note: FileContext['note'],
): RowWriter {
  const parity = headerRow(options) % 2;
  const { borders, alternatingRows } = options.styling;
  const bodies = columns.map((column) => cellBody(column, options, note));
  const starts = columns.map((_, place) => `<c r="${letters(place)}`);
  return (row, number) => {
    const isShaded = number % 2 === parity;
    const styles = isShaded ? shaded : plain;
    const keepsNull = borders || (alternatingRows && isShaded);
    let line = `<row r="${number}">`;
    for (let place = 0; place < bodies.length; place++) {
      const cell = row[place];
      if (typeof cell === 'string') {
        line += `${starts[place]}${number}"${styles[place]}${(bodies[place] as (cell: string) => string)(cell)}`;
      } else if (keepsNull) {
        line += `${starts[place]}${number}"${styles[place]}/>`;
      }
    }
    return `${line}</row>`;
  };
}

/** A row of texts, such as the header. */
export function textRow(texts: readonly string[], styles: Styles, number: number): string {
  const cells = texts.map(
    (text, place) => `<c r="${letters(place)}${number}"${styles[place] ?? ''}${textBody(text)}`,
  );
  return `<row r="${number}">${cells.join('')}</row>`;
}
