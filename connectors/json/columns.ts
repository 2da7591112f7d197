import type { SourceRow } from '#connectors/contract.ts';
import type { Piece } from '#connectors/paging.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { type Beside, valueAt } from './beside.ts';
import type { JsonConfig } from './definition.ts';
import { refuseStatedError } from './stated-error.ts';

/** A document of columns is held whole, and its rows are made from all of them at once. */
const MAX_BYTES = 32_000_000;
const NAMED_COLUMNS = 3;

type Columns = Readonly<Record<string, readonly unknown[]>>;

/**
 * The rows of a document that has an array for each column, `{ "id": [1, 2], "name": ["a", "b"] }`, numbers exact.
 * A `DATA_ERROR` where there are no such columns, where one is longer than another, or past 32 MB.
 */
export async function columnRows(
  bytes: AsyncIterable<Uint8Array>,
  config: JsonConfig,
  beside: Beside,
): Promise<Piece[]> {
  const { rowsPath = '' } = config;
  const text = await textOf(bytes);
  const document = parsed(text);
  beside.keep([], text);
  refuseStatedError(beside, config);
  const columns = columnsIn(rowsPath === '' ? document : valueAt(document, rowsPath), rowsPath);
  const entries = Object.entries(columns);
  const count = entries[0]?.[1].length ?? 0;
  const bytesOfRow = Math.ceil(text.length / Math.max(count, 1));
  return Array.from({ length: count }, (_, index) => ({
    bytes: bytesOfRow,
    row: { values: rowAt(entries, index) },
  }));
}

function rowAt(entries: [string, readonly unknown[]][], index: number): SourceRow['values'] {
  return Object.fromEntries(entries.map(([name, cells]) => [name, cells[index]]));
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > MAX_BYTES) {
      throw refused('An answer with an array for each column may have 32 MB. Ask for fewer rows at once.');
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (cause) {
    if (text.trim() === '') throw refused('The answer is empty: there is no JSON in it.');
    throw refused('The JSON is malformed or breaks off before its end.', cause);
  }
}

function columnsIn(found: unknown, rowsPath: string): Columns {
  const where = rowsPath === '' ? 'The document' : `"${rowsPath}"`;
  const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
  if (!isObject) throw refused(`${where} is no object with an array for each column.`);
  const entries = Object.entries(found);
  const other = entries.find(([, cells]) => !Array.isArray(cells));
  if (other) throw refused(`${where} has no array for the column "${other[0]}".`);
  refuseUneven(entries as [string, unknown[]][], where);
  return found as Columns;
}

function refuseUneven(entries: [string, unknown[]][], where: string): void {
  const [first] = entries;
  const uneven = entries.filter(([, cells]) => cells.length !== first?.[1].length);
  if (!first || uneven.length === 0) return;
  const named = [first, ...uneven]
    .slice(0, NAMED_COLUMNS)
    .map(([name, cells]) => `"${name}" has ${cells.length}`);
  throw refused(
    `The columns of ${where.replace('The', 'the')} are not equally long, so that their rows cannot be told: ${named.join(', ')} values.`,
  );
}

function refused(message: string, cause?: unknown): EntrepotError {
  return new EntrepotError('DATA_ERROR', message, {
    cause,
    fields: { 'config.layout': 'does not fit the answer' },
  });
}
