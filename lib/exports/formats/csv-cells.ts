import type { ColumnType } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { numberWriter } from '#lib/core/number-text.ts';
import type { FileContext, OutputColumn } from './contract.ts';
import type { CsvOptions } from './csv-options.ts';
import { timeWriter } from './written-times.ts';

/** Takes the text of a cell that holds something. */
export type CellEncoder = (cell: string) => string;

/** The first characters by which a spreadsheet takes a cell for a formula. */
export const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r'];
const formulaCodes = new Set(FORMULA_STARTS.map((start) => start.charCodeAt(0)));

/** How the cells of a column are written. `alone`: it is the file's only one. */
export function cellEncoder(
  column: OutputColumn,
  options: CsvOptions,
  alone: boolean,
  note: FileContext['note'],
): CellEncoder {
  const write = valueWriter(column.type, options);
  const steps = [write, guard(column, options, note), fitter(column, options, note)];
  // No delimiter on offer occurs in a number, a boolean, a date or a time as they are stored.
  const isPlain = column.type !== 'text' && column.type !== 'json' && write === undefined;
  const enclose = encloser(column.header, options, { isPlain, alone });
  return steps
    .filter((step) => step !== undefined)
    .reduceRight((then, step) => (cell) => then(step(cell)), enclose);
}

function valueWriter(type: ColumnType, options: CsvOptions): CellEncoder | undefined {
  const { decimals, ...marks } = options;
  const isPlain = marks.decimalSeparator === '.' && marks.thousandsSeparator === '';
  if (type === 'integer') return marks.thousandsSeparator === '' ? undefined : numberWriter(marks);
  if (type === 'decimal') {
    return isPlain && decimals === undefined ? undefined : numberWriter({ ...marks, decimals });
  }
  return timeWriter(type, options);
}

function guard(
  { type, header, inert }: OutputColumn,
  { formulaGuard }: CsvOptions,
  note: FileContext['note'],
): CellEncoder | undefined {
  if (type !== 'text' || inert || !formulaGuard) return undefined;
  return (cell) => {
    if (!formulaCodes.has(cell.charCodeAt(0))) return cell;
    note('neutralised', header, cell);
    return `'${cell}`;
  };
}

const pastAscii = /[^\0-\x7f]/u;

/** Puts a question mark for each character that the encoding has not. */
function fitter(
  { header }: OutputColumn,
  { encoding }: CsvOptions,
  note: FileContext['note'],
): CellEncoder | undefined {
  if (encoding !== 'ascii') return undefined;
  return (cell) => {
    if (!pastAscii.test(cell)) return cell;
    note('replaced', header, cell);
    return cell.replaceAll(/[^\0-\x7f]/gu, '?');
  };
}

interface Place {
  /** Nothing in it needs quotes. */
  readonly isPlain: boolean;
  readonly alone: boolean;
}

function encloser(header: string, options: CsvOptions, { isPlain, alone }: Place): CellEncoder {
  const { quotes, escape: mark, nullText } = options;
  const quote = mark === '"' ? quotedTwice : quotedByBackslash;
  if (quotes === 'all') return quote;
  if (isPlain && nullText === '') return (cell) => cell;
  const special = new RegExp(specials(options));
  if (quotes === 'none') return mark === '"' ? refuser(header, nullText, special) : escaper(options);
  // A line that is `\.` alone ends the input where Postgres reads the file back.
  const needsQuotes = (cell: string) => cell === nullText || special.test(cell) || (alone && cell === '\\.');
  return (cell) => (needsQuotes(cell) ? quote(cell) : cell);
}

function specials({ delimiter, escape: mark }: CsvOptions): string {
  return `[${RegExp.escape(delimiter)}"\\n\\r${mark === '\\' ? '\\\\' : ''}]`;
}

/** Where nothing is written for no value, an empty text is the same without quotes: the option says so. */
function refuser(header: string, nullText: string, special: RegExp): CellEncoder {
  return (cell) => {
    if (special.test(cell) || (nullText !== '' && cell === nullText)) throw needsQuotes(header);
    return cell;
  };
}

function escaper(options: CsvOptions): CellEncoder {
  const special = new RegExp(specials(options), 'g');
  return (cell) => {
    const escaped = cell.replace(special, '\\$&');
    return escaped === options.nullText ? escaped.replace(/^./u, '\\$&') : escaped;
  };
}

function needsQuotes(header: string): EntrepotError {
  return new EntrepotError(
    'invalid',
    `The column "${header}" holds a cell that cannot be written without quotes: it has the separator, a quote or a line break in it, or reads like no value. Allow quotes where needed, choose the backslash for quotes within cells, or another separator.`,
    { fields: { 'format.options.quotes': 'cannot be "none" for these cells' } },
  );
}

function quotedTwice(cell: string): string {
  return cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : `"${cell}"`;
}

function quotedByBackslash(cell: string): string {
  return `"${cell.replace(/["\\]/g, '\\$&')}"`;
}
