import { z } from 'zod';
import type { CellText } from '#lib/core/columns.ts';
import { defineFormat, type FileContext, type OutputColumn } from './contract.ts';

const options = z.strictObject({
  delimiter: z
    .enum([',', ';', '\t', '|'])
    .default(',')
    .meta({
      title: 'Between two cells',
      description: 'Excel expects a semicolon where numbers are written with a decimal comma.',
      labels: { ',': 'Comma ,', ';': 'Semicolon ;', '\t': 'Tab', '|': 'Bar |' },
    }),
  quotes: z
    .enum(['minimal', 'all'])
    .default('minimal')
    .meta({
      title: 'Quotes',
      description: 'Around cells that hold the separator, a quote or a line break, or around every cell.',
      labels: { minimal: 'Where needed', all: 'Around every cell' },
    }),
  lineEnd: z
    .enum(['lf', 'crlf'])
    .default('lf')
    .meta({
      title: 'Line ends',
      description: 'Most programs read both; some older ones for Windows want theirs.',
      labels: { lf: 'LF (usual)', crlf: 'CRLF (Windows)' },
    }),
  header: z.boolean().default(true).meta({
    title: 'Column names in the first line',
    description: 'Turn off for programs that expect nothing but rows.',
  }),
  bom: z.boolean().default(false).meta({
    title: 'Byte order mark, for Excel',
    description:
      'Lets Excel recognise accents and other letters past A–Z. Other programs may stumble over it.',
  }),
  formulaGuard: z.boolean().default(true).meta({
    title: 'Guard against formulas',
    description:
      "Puts ' before text that begins with = + - @, which a spreadsheet would otherwise run as a formula.",
  }),
});
export type CsvOptions = z.infer<typeof options>;

/** The first characters by which a spreadsheet takes a cell for a formula. */
export const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r'];
const formulaCodes = new Set(FORMULA_STARTS.map((start) => start.charCodeAt(0)));

/** RFC 4180 with a null as nothing and an empty text as `""`. */
export const csv = defineFormat<CsvOptions>({
  id: 'csv',
  label: 'CSV',
  goodFor: 'Opens in Excel, Google Sheets and almost every other program. Best for plain tables.',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  options,
  async *encode({ rows, columns }, chosen, { note }) {
    const head = csvHead(columns, chosen);
    if (head.length > 0) yield head;
    const line = lineEncoder(columns, chosen, note);
    for await (const batch of rows) {
      let text = '';
      for (const row of batch) text += line(row);
      yield Buffer.from(text);
    }
  },
});

/** What stands before the first row: the byte order mark and the header, where asked for. */
export function csvHead(columns: readonly OutputColumn[], chosen: CsvOptions): Uint8Array {
  const asText = columns.map((column) => ({ ...column, type: 'text' as const }));
  const line = lineEncoder(asText, chosen, () => undefined);
  const header = chosen.header ? line(columns.map((column) => column.header)) : '';
  return Buffer.from(`${chosen.bom ? '\uFEFF' : ''}${header}`);
}

type CellEncoder = (cell: string) => string;

function lineEncoder(
  columns: readonly OutputColumn[],
  chosen: CsvOptions,
  note: FileContext['note'],
): (row: readonly CellText[]) => string {
  const end = chosen.lineEnd === 'crlf' ? '\r\n' : '\n';
  const encoders = columns.map((column) => cellEncoder(column, chosen, columns.length === 1, note));
  return (row) => {
    let line = '';
    for (let place = 0; place < encoders.length; place++) {
      const cell = row[place];
      if (place > 0) line += chosen.delimiter;
      if (typeof cell === 'string') line += (encoders[place] as CellEncoder)(cell);
    }
    return line + end;
  };
}

function cellEncoder(
  { type, header }: OutputColumn,
  chosen: CsvOptions,
  alone: boolean,
  note: FileContext['note'],
): CellEncoder {
  const quote = quoter(type, chosen, alone);
  if (type !== 'text' || !chosen.formulaGuard) return quote;
  return (cell) => {
    if (!formulaCodes.has(cell.charCodeAt(0))) return quote(cell);
    note('neutralised', header, cell);
    return quote(`'${cell}`);
  };
}

function quoter(type: OutputColumn['type'], chosen: CsvOptions, alone: boolean): CellEncoder {
  if (chosen.quotes === 'all') return quoted;
  // No delimiter on offer occurs in a number, a boolean, a date or a time.
  if (type !== 'text' && type !== 'json') return (cell) => cell;
  const special = { ',': /[",\n\r]/, ';': /[";\n\r]/, '\t': /["\t\n\r]/, '|': /["|\n\r]/ }[chosen.delimiter];
  // A line that is `\.` alone ends the input where Postgres reads the file back.
  const needsQuotes = (cell: string) => cell === '' || special.test(cell) || (alone && cell === '\\.');
  return (cell) => (needsQuotes(cell) ? quoted(cell) : cell);
}

function quoted(cell: string): string {
  return cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : `"${cell}"`;
}
