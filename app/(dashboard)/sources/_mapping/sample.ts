import { Refusal } from '#lib/datasets/refusal.ts';
import { pathReader } from '#lib/datasets/source-path.ts';
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

/** The first different values of a column, or of what a path leads to, in a line. */
export function examplesOf(rows: readonly unknown[], path: string): string {
  const read = pathReader(path);
  const texts = new Set<string>();
  for (const row of rows) {
    const value = read(row);
    const text = value instanceof Refusal ? '' : valueText(value);
    if (text.trim() !== '')
      texts.add(text.length > LONGEST_EXAMPLE ? `${text.slice(0, LONGEST_EXAMPLE)}…` : text);
    if (texts.size === EXAMPLES) break;
  }
  return [...texts].join(', ');
}

/** The items of a list in all of the rows. */
export function itemsOf(rows: SampleRows, each: string): unknown[] {
  const read = pathReader(each);
  return rows.flatMap((row) => {
    const list = read(row);
    return Array.isArray(list) ? list : [];
  });
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
