import { type CellText, isNumeric } from '#lib/core/columns.ts';
import type { FileContext, OutputColumn } from '#lib/exports/formats/contract.ts';
import { startsFromRight } from './directions.ts';
import type { Line, Typesetter } from './fonts.ts';
import { type Layout, PADDING } from './widths.ts';
import { plain, shown, wrap } from './wrap.ts';

/** A cell as it is drawn. */
export interface SetCell {
  readonly lines: readonly Line[];
  /** Whether its lines end at the right of the column. */
  readonly isRight: boolean;
}

/** Sets the cells of a row, each within its column. */
export type SetRow = (row: readonly CellText[]) => SetCell[];

/** Sets rows in `type`, with at most so many lines a cell, and notes what could not be shown. */
export function rowSetter(
  columns: readonly OutputColumn[],
  { widths, fontSize }: Layout,
  { type, lines, note }: { type: Typesetter; lines: number; note: FileContext['note'] },
): SetRow {
  const rooms = widths.map((width) => ((width - 2 * PADDING) * 1_000) / fontSize);
  const numeric = columns.map((column) => isNumeric(column.type));
  return (row) =>
    columns.map(({ header }, place) => {
      const cell = row[place] ?? '';
      const text = shown(cell);
      const wrapped = wrap(type, text, rooms[place] ?? 0, lines);
      if (wrapped.isCut) note('cut', header, cell);
      const isPlain = plain.test(text);
      if (!isPlain && !type.has(text.replaceAll('\n', ''))) note('replaced', header, cell);
      return {
        lines: wrapped.lines,
        isRight: numeric[place] === true || (!isPlain && startsFromRight(text)),
      };
    });
}
