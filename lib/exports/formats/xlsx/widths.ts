import type { CellText } from '#lib/core/columns.ts';

const FITTED_ROWS = 1_000;
const MIN_WIDTH = 8;
/** In characters; a longer text runs on below its neighbour, or is wrapped. */
const MAX_WIDTH = 60;
/** Room for the sides of a cell, and in the header for the filter's button. */
const MARGIN = 2;
const BUTTON = 2;

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** How wide each column is, in characters, for its header and the longest line of its first thousand cells. */
export function fittedWidths(headers: readonly string[], rows: readonly (readonly CellText[])[]): number[] {
  return headers.map((header, place) => {
    let longest = lineWidth(header) + BUTTON;
    for (const row of rows.slice(0, FITTED_ROWS)) {
      const cell = row[place];
      if (typeof cell === 'string') longest = Math.max(longest, lineWidth(cell));
    }
    return Math.min(Math.max(longest + MARGIN, MIN_WIDTH), MAX_WIDTH);
  });
}

function lineWidth(text: string): number {
  const shown = text.slice(0, 1_000).split('\n');
  return Math.max(...shown.map((line) => line.length + (line.match(wide)?.length ?? 0)));
}
