import type { FileContext } from '#lib/exports/formats/contract.ts';
import { cellBody } from '#lib/exports/formats/xlsx/cells.ts';
import { letters } from '#lib/exports/formats/xlsx/columns.ts';
import type { XlsxOptions } from '#lib/exports/formats/xlsx/options.ts';
import type { RowWriter } from '#lib/exports/formats/xlsx/sheet-rows.ts';
import type { Filling } from './filled-sheet.ts';
import { movedDown } from './references.ts';
import type { SourceRow } from './sheet-source.ts';
import { escapeXml, unescapeXml } from './xml.ts';

interface Piece {
  readonly column: number;
  xml(row: Parameters<RowWriter>[0], number: number): string;
}

/** Writes rows of the export in the looks of the template's first row, with what the template has beside them. */
export function filledRow(
  { slots, columns, firstRow, source }: Filling,
  kept: ReadonlyMap<number, SourceRow>,
  options: XlsxOptions,
  note: FileContext['note'],
): RowWriter {
  const sample = source.rows.find(({ number }) => number === firstRow)?.attributes ?? '';
  // A filter may have hidden it.
  const attributes = sample.replaceAll(/\shidden="[^"]*"/g, '');
  const pieces = slots.map((slot): Piece => {
    const start = `<c r="${letters(slot.column)}`;
    const style = slot.style === 0 ? '"' : `" s="${slot.style}"`;
    const column = slot.place === undefined ? undefined : columns[slot.place];
    if (slot.place !== undefined && column) {
      const body = cellBody(column, options, note);
      const place = slot.place;
      return {
        column: slot.column,
        xml: (row, number) =>
          `${start}${number}${style}${typeof row[place] === 'string' ? body(row[place]) : '/>'}`,
      };
    }
    const formula = slot.formula === undefined ? undefined : unescapeXml(slot.formula);
    const body = (number: number) =>
      formula === undefined ? '/>' : `><f>${escapeXml(movedDown(formula, number - firstRow))}</f></c>`;
    return { column: slot.column, xml: (_, number) => `${start}${number}${style}${body(number)}` };
  });
  return (row, number) => {
    const beside = (kept.get(number)?.cells ?? []).map(
      ({ column, xml }): Piece => ({ column, xml: () => xml }),
    );
    const all = beside.length === 0 ? pieces : merged(pieces, beside);
    let line = `<row r="${number}"${attributes}>`;
    for (const piece of all) line += piece.xml(row, number);
    return `${line}</row>`;
  };
}

/** What is filled hides what the template has at the same place: it has been refused, or holds nothing. */
function merged(pieces: readonly Piece[], beside: readonly Piece[]): Piece[] {
  const filled = new Set(pieces.map(({ column }) => column));
  return [...pieces, ...beside.filter(({ column }) => !filled.has(column))].toSorted(
    (one, other) => one.column - other.column,
  );
}
