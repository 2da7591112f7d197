import type { Paper } from './paper.ts';

/** Of the size of letters: from one line to the next, and from the top of a line to where its letters stand. */
export const LINE = 1.3;
export const RISE = 1;
export const TITLE_SIZE = 1.7;
export const TITLE_LINES = 2;
export const HEADING_LINES = 3;
export const FOOT_SIZE = 0.9;
/** Above and below the lines of a cell, and around the table, in points. */
export const CELL_SPACE = 2.5;
export const TABLE_SPACE = 7;

/** As many lines as a row can have on a page, whatever the title and the headings take. */
export function mostLines({ height, margin }: Paper, fontSize: number): number {
  const around = TITLE_LINES * TITLE_SIZE + HEADING_LINES + FOOT_SIZE;
  const room = height - 2 * margin - 2 * TABLE_SPACE - 4 * CELL_SPACE;
  return Math.floor(room / (fontSize * LINE) - around);
}
