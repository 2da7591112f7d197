import type { StreamPreview } from '#lib/sources/preview.ts';

/** A stream's first rows as the preview gave them. */
export type SampleRows = StreamPreview['rows'];

const EXAMPLES = 3;
const LONGEST_EXAMPLE = 24;
const LONGEST_ROWS = 1_000_000;

/** A source's value as a person can read it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value);
}

/** The first different values of a column, in a line. */
export function examplesOf(rows: SampleRows, column: string): string {
  const texts = new Set<string>();
  for (const row of rows) {
    const text = valueText(row[column]);
    if (text.trim() !== '')
      texts.add(text.length > LONGEST_EXAMPLE ? `${text.slice(0, LONGEST_EXAMPLE)}…` : text);
    if (texts.size === EXAMPLES) break;
  }
  return [...texts].join(', ');
}

/** As many of the rows as may be sent, as JSON text: numbers keep their digits. */
export function rowsText(rows: SampleRows): string {
  const texts: string[] = [];
  let length = 2;
  for (const text of rows.map((row) => JSON.stringify(row))) {
    length += text.length + 1;
    if (length > LONGEST_ROWS) break;
    texts.push(text);
  }
  return `[${texts.join(',')}]`;
}
