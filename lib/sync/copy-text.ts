import type { CellText } from '#lib/core/columns.ts';

const special = /[\\\b\f\n\r\t\v]/;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** One line of COPY's text format, with its line feed; null is told from every text, `\N` among them. */
export function copyLine(cells: readonly CellText[]): string {
  let line = '';
  for (const [index, cell] of cells.entries()) {
    if (index > 0) line += '\t';
    line += cell === null ? '\\N' : escaped(cell);
  }
  return `${line}\n`;
}

function escaped(text: string): string {
  return special.test(text) ? text.replace(/[\\\b\f\n\r\t\v]/g, (found) => escapes[found] ?? found) : text;
}
