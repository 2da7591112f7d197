import Papa from 'papaparse';
import type { CsvConfig } from './definition.ts';

/** How a CSV file is written. With `\n`, lines may also end in CRLF. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly newline: '\n' | '\r';
}

const delimiters = [',', ';', '\t', '|'];

/** What the config leaves open, guessed from the beginning of the file. */
export function guessDialect(start: string, config: CsvConfig): Dialect {
  const newline = start.includes('\n') || !start.includes('\r') ? '\n' : '\r';
  const quote = config.quote ?? guessQuote(start, newline, config.delimiter);
  return { delimiter: config.delimiter ?? guessDelimiter(start, newline, quote), quote, newline };
}

/** `'` only where no `"` occurs and a cell of the first line both begins and ends with it. */
function guessQuote(start: string, newline: string, delimiter: string | undefined): string {
  if (start.includes('"')) return '"';
  const [firstLine = ''] = start.split(newline, 1);
  const cells = (delimiter ? [delimiter] : delimiters).flatMap((one) => firstLine.trimEnd().split(one));
  return cells.some((cell) => /^'.*'$/.test(cell)) ? "'" : '"';
}

/** The candidate that gives the most even rows; `,` for a file of one column. */
function guessDelimiter(start: string, newline: '\n' | '\r', quoteChar: string): string {
  const wholeLines = start.slice(0, start.lastIndexOf(newline) + 1) || start;
  const { meta } = Papa.parse(wholeLines, {
    delimitersToGuess: delimiters,
    newline,
    quoteChar,
    preview: 1,
    skipEmptyLines: true,
  });
  return meta.delimiter;
}
