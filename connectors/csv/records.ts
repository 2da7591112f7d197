import Papa from 'papaparse';
import { PAGE_MAX_BYTES } from '#connectors/contract.ts';
import { refuseForeign } from '#connectors/file-body.ts';
import type { DecodedText } from '#lib/core/decode-text.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { CsvConfig } from './definition.ts';
import { type Dialect, guessDialect } from './dialect.ts';

/** One record of the file: its cells verbatim, and its raw text with the line break that ends it. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** The physical line on which it starts, counted from 1. */
  readonly line: number;
  readonly raw: string;
  /** A quoted cell goes on after its closing quote. */
  readonly malformed: boolean;
}

export interface CsvRecords {
  readonly dialect: Dialect;
  readonly encoding: DecodedText['encoding'];
  readonly records: readonly CsvRecord[];
}

/** So much text is gathered before it is parsed: enough to guess by, and few restarts of the parser. */
const PARSE_CHARS = 64 * 1024;

/**
 * The records of a CSV text, in batches, in order. Only the text of an unfinished record is carried over;
 * it is parsed again when it has doubled, so a long record costs linear time. A record over 8 MB or a
 * quote that is never closed is a `DATA_ERROR` that names the line.
 */
export async function* csvRecords(
  text: AsyncIterable<DecodedText>,
  config: CsvConfig,
): AsyncGenerator<CsvRecords> {
  let encoding: DecodedText['encoding'] = 'utf-8';
  let splitter: Splitter | undefined;
  let pending = '';
  let enough = PARSE_CHARS;
  for await (const chunk of text) {
    pending += chunk.text;
    ({ encoding } = chunk);
    if (pending.length < enough) continue;
    splitter ??= openSplitter(pending, config);
    const { records, rest } = splitter.split(pending, false);
    if (records.length > 0) yield { dialect: splitter.dialect, encoding, records };
    splitter.refuseEndless(rest);
    pending = rest;
    enough = Math.max(PARSE_CHARS, rest.length * 2);
  }
  splitter ??= openSplitter(pending, config);
  yield { dialect: splitter.dialect, encoding, records: splitter.splitLast(pending) };
}

/** No header begins like that; what an API says of an error does. */
function refuseJson(start: string): void {
  if (!/^\s*(?:\{\s*"|\[\s*[{"])/.test(start)) return;
  throw new EntrepotError(
    'DATA_ERROR',
    'The address answers with JSON, not with a CSV file. Open it in a browser: it may say what went wrong, or be a source for the JSON connector.',
  );
}

function openSplitter(start: string, config: CsvConfig): Splitter {
  refuseForeign(start, 'a CSV file');
  if (config.header !== false) refuseJson(start);
  return new Splitter(guessDialect(start, config));
}

/** papaparse's parser, one piece of text at a time, with the line and the raw text of each record. */
class Splitter {
  readonly dialect: Dialect;
  readonly #parser: Papa.Parser;
  #line = 1;
  #text = '';
  /** Where in the text the next record begins. */
  #start = 0;
  #records: CsvRecord[] = [];

  constructor(dialect: Dialect) {
    this.dialect = dialect;
    const { delimiter, quote, newline } = dialect;
    const step = (result: Papa.ParseStepResult<string[][]>): void => this.#add(result);
    this.#parser = new Papa.Parser({ delimiter, quoteChar: quote, newline, step });
  }

  /** The complete records of `text`, and what is left of it; with `last`, nothing is left. */
  split(text: string, last: boolean): { records: CsvRecord[]; rest: string } {
    this.#text = text;
    this.#start = 0;
    this.#records = [];
    this.#parser.parse(text, 0, !last);
    return { records: this.#records, rest: text.slice(this.#start) };
  }

  #add({ data, errors, meta }: Papa.ParseStepResult<string[][]>): void {
    const raw = this.#text.slice(this.#start, meta.cursor);
    const malformed = errors.length > 0;
    if (malformed) this.#refuseUnclosed(errors);
    const cells = withoutCarriageReturn(data[0] ?? [], raw, this.dialect.quote);
    this.#records.push({ cells, line: this.#line, raw, malformed });
    this.#line += lineBreaks(raw, this.dialect.newline);
    this.#start = meta.cursor;
  }

  /** The records of the end of the file, whose last one need not end in a line break. */
  splitLast(text: string): CsvRecord[] {
    const { records, rest } = this.split(text, false);
    this.refuseEndless(rest);
    return rest === '' ? records : [...records, ...this.split(rest, true).records];
  }

  refuseEndless(rest: string): void {
    if (rest.length <= PAGE_MAX_BYTES) return;
    this.split(rest, true);
    throw new EntrepotError(
      'DATA_ERROR',
      `The row that begins on line ${this.#line} is longer than 8 MB. Is the file a CSV, and its delimiter and quote right?`,
    );
  }

  #refuseUnclosed(errors: readonly Papa.ParseError[]): void {
    const unclosed = errors.find((error) => error.code === 'MissingQuotes');
    if (!unclosed) return;
    const before = this.#text.slice(this.#start, unclosed.index);
    const line = this.#line + lineBreaks(before, this.dialect.newline);
    throw new EntrepotError(
      'DATA_ERROR',
      `The quote that opens on line ${line} is never closed. Close it, or set the quote character that the file uses.`,
    );
  }
}

function lineBreaks(text: string, newline: string): number {
  let count = 0;
  for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** The CR of a CRLF is left at the end of an unquoted last cell; one inside quotes belongs to the cell. */
function withoutCarriageReturn(cells: readonly string[], raw: string, quote: string): readonly string[] {
  const last = cells.at(-1);
  if (!raw.endsWith('\r\n') || !last?.endsWith('\r')) return cells;
  const isQuoted = raw.endsWith(`\r${quote}\r\n`);
  return isQuoted ? cells : [...cells.slice(0, -1), last.slice(0, -1)];
}
