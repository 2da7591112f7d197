import { columnNames } from '#connectors/column-names.ts';
import type { Batch, Piece } from '#connectors/paging.ts';
import type { DecodedText } from '#lib/core/decode-text.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { CsvConfig } from './definition.ts';
import { looksLikeHeader } from './header.ts';
import { type CsvRecord, type CsvRecords, csvRecords } from './records.ts';

/** A broken row keeps so much of its raw text. */
const RAW_CHARS = 8_000;

/** No table has more; a wrong delimiter makes more. */
const MAX_COLUMNS = 10_000;

export interface CsvBatch extends Batch, Omit<CsvRecords, 'records'> {
  readonly columns: readonly string[];
  readonly header: boolean;
}

interface Table {
  readonly columns: readonly string[];
  readonly header: boolean;
}

/**
 * The rows of a CSV text by the names of its columns, values verbatim. Blank lines are passed over where
 * there is more than one column. A row with too few or too many cells is broken; an empty file or a web
 * page is a `DATA_ERROR`; a header alone gives one batch without rows.
 */
export async function* csvRows(
  text: AsyncIterable<DecodedText>,
  config: CsvConfig,
): AsyncGenerator<CsvBatch> {
  let table: Table | undefined;
  for await (const { records, ...found } of csvRecords(text, config)) {
    let rows = records;
    if (!table) {
      const filled = records.slice(countLeadingBlanks(records));
      table = openTable(filled, config);
      rows = table?.header ? filled.slice(1) : filled;
    }
    if (table) yield { ...table, ...found, pieces: pieces(rows, table) };
  }
  if (!table) throw new EntrepotError('DATA_ERROR', 'The file is empty: it has neither a header nor rows.');
}

function countLeadingBlanks(records: readonly CsvRecord[]): number {
  const first = records.findIndex((record) => !isBlank(record));
  return first === -1 ? records.length : first;
}

function openTable(records: readonly CsvRecord[], config: CsvConfig): Table | undefined {
  const [first, second] = records.filter((record) => !isBlank(record));
  if (!first) return undefined;
  if (first.malformed)
    throw new EntrepotError('DATA_ERROR', `Line ${first.line}: ${malformedReason(first)}.`);
  const width = first.cells.length;
  if (width > MAX_COLUMNS) {
    throw new EntrepotError('DATA_ERROR', `The file has ${width} columns. Is its delimiter right?`);
  }
  const header = config.header ?? looksLikeHeader(first.cells, second?.cells);
  return { columns: columnNames(header ? first.cells : first.cells.map(() => '')), header };
}

function pieces(records: readonly CsvRecord[], table: Table): Piece[] {
  const made: Piece[] = [];
  for (const record of records) {
    if (isBlank(record) && table.columns.length > 1) continue;
    made.push(piece(record, table));
  }
  return made;
}

/** Without its closing quote a cell runs on to the next one, so one bad row may hold the text of several. */
function malformedReason({ raw, line }: CsvRecord): string {
  const lastLine = line + raw.trimEnd().split('\n').length - 1;
  const extent = lastLine > line ? `; lines ${line} to ${lastLine} were read as one row` : '';
  return `a quoted cell goes on after its closing quote${extent}`;
}

function piece(record: CsvRecord, { columns, header }: Table): Piece {
  const { cells, line, raw, malformed } = record;
  const bytes = Buffer.byteLength(raw);
  if (!malformed && cells.length === columns.length)
    return { bytes, row: { line, values: named(columns, cells) } };
  const expected = `${header ? 'the header' : 'the first row'} has ${columns.length}`;
  const reason = malformed ? malformedReason(record) : `${cells.length} cells where ${expected}`;
  return { bytes, broken: { line, reason, raw: raw.slice(0, RAW_CHARS) } };
}

function named(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let index = 0; index < columns.length; index += 1) {
    values[columns[index] as string] = cells[index] as string;
  }
  return values;
}

function isBlank({ cells }: CsvRecord): boolean {
  return cells.length === 1 && cells[0] === '';
}
