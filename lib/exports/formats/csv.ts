import type { CellText } from '#lib/core/columns.ts';
import { defineFormat, type FileContext, type OutputColumn } from './contract.ts';
import { type CellEncoder, cellEncoder } from './csv-cells.ts';
import { type CsvOptions, csvOptions } from './csv-options.ts';

/** RFC 4180 with a null as nothing and an empty text as `""`, unless the options say otherwise. */
export const csv = defineFormat<CsvOptions>({
  id: 'csv',
  label: 'CSV',
  goodFor: 'Opens in Excel, Google Sheets and almost every other program. Best for plain tables.',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  mediaTypeOf: ({ encoding }) => `text/csv; charset=${encoding === 'ascii' ? 'us-ascii' : encoding}`,
  options: csvOptions,
  async *encode({ rows, columns }, chosen, { note }) {
    const head = csvHead(columns, chosen, note);
    if (head.length > 0) yield head;
    const line = lineEncoder(columns, chosen, note);
    for await (const batch of rows) {
      let text = '';
      for (const row of batch) text += line(row);
      yield bytesOf(text, chosen);
    }
  },
});

/** What stands before the first row: the byte order mark and the header, where asked for. */
export function csvHead(
  columns: readonly OutputColumn[],
  chosen: CsvOptions,
  note: FileContext['note'] = () => undefined,
): Uint8Array {
  const asText = columns.map((column) => ({ ...column, type: 'text' as const }));
  const names = columns.map((column) => nameOf(column, chosen));
  const header = chosen.header ? lineEncoder(asText, chosen, note)(names) : '';
  const marked = chosen.encoding === 'utf-16' || (chosen.encoding === 'utf-8' && chosen.bom);
  return bytesOf(`${marked ? '\uFEFF' : ''}${header}`, chosen);
}

function nameOf({ source, header, label }: OutputColumn, { headerNames }: CsvOptions): string {
  return headerNames === 'labels' && header === source ? (label ?? header) : header;
}

function bytesOf(text: string, { encoding }: CsvOptions): Uint8Array {
  return Buffer.from(text, encoding === 'utf-16' ? 'utf16le' : 'utf8');
}

function lineEncoder(
  columns: readonly OutputColumn[],
  chosen: CsvOptions,
  note: FileContext['note'],
): (row: readonly CellText[]) => string {
  const { delimiter, nullText } = chosen;
  const end = chosen.lineEnd === 'crlf' ? '\r\n' : '\n';
  const encoders = columns.map((column) => cellEncoder(column, chosen, columns.length === 1, note));
  return (row) => {
    let line = '';
    for (let place = 0; place < encoders.length; place++) {
      const cell = row[place];
      if (place > 0) line += delimiter;
      line += typeof cell === 'string' ? (encoders[place] as CellEncoder)(cell) : nullText;
    }
    return line + end;
  };
}
