import type { SourceRow } from '#connectors/contract.ts';
import { type FileBody, refuseForeign } from '#connectors/file-body.ts';
import type { Batch, Piece } from '#connectors/paging.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { peek } from '#lib/core/peek.ts';
import { ArrayScan, type Element } from './array-scan.ts';
import { Beside, valueAt } from './beside.ts';
import { columnRows } from './columns.ts';
import type { JsonConfig } from './definition.ts';
import { lines } from './lines.ts';
import { isoOf, momentOf } from './moment.ts';
import { errorPaths, refuseSentence, refuseStatedError } from './stated-error.ts';
import { MAX_DEPTH } from './value-scan.ts';

/** A broken row keeps so much of its raw text. */
const RAW_CHARS = 8_000;
/** The format is guessed from so much of the beginning. */
const GUESS_BYTES = 64 * 1024;

export interface JsonBatch extends Batch {
  readonly format: 'json' | 'ndjson';
}

/** Takes what a document says beside its rows: whether something went wrong, and what is at `paths`. */
export function besideRows(config: JsonConfig, paths: readonly string[] = []): Beside {
  return new Beside([...errorPaths(config), ...paths]);
}

/**
 * The rows of a JSON document or of NDJSON, numbers exact, in flat memory. A row that is no object is
 * broken, and so is an NDJSON line that is no JSON or nested too deep; a document that is not JSON, has no array at the
 * path, or holds an error is a `DATA_ERROR`. The last batch may have no rows; `beside` is filled by then.
 * `nullIsEmpty`: null at the path stands for no rows.
 */
export async function* jsonRows(
  file: FileBody,
  config: JsonConfig,
  beside = besideRows(config),
  nullIsEmpty = false,
): AsyncGenerator<JsonBatch> {
  const { head, bytes, close } = await peek(file.bytes, GUESS_BYTES);
  try {
    const start = head.toString('utf8').replace(/^\ufeff/, '');
    refuseForeign(start, 'JSON');
    const format = config.format ?? guessFormat(start, config, file);
    if (format === 'json') refuseSentence(start);
    const batches = format === 'json' ? documentRows(bytes, config, beside, nullIsEmpty) : lineRows(bytes);
    for await (const pieces of batches) yield { format, pieces: dated(pieces, config) };
    refuseStatedError(beside, config);
  } finally {
    await close();
  }
}

/** The pieces, each row with the time of its last change where a field says it. */
function dated(pieces: readonly Piece[], { updatedAt: path }: JsonConfig): readonly Piece[] {
  if (path === undefined) return pieces;
  return pieces.map((piece) => {
    const changed = 'row' in piece ? momentOf(valueAt(piece.row.values, path)) : undefined;
    return 'row' in piece && changed !== undefined
      ? { ...piece, row: { ...piece.row, updatedAt: isoOf(changed) } }
      : piece;
  });
}

function guessFormat(start: string, config: JsonConfig, file: FileBody): 'json' | 'ndjson' {
  if (config.rowsPath || config.layout) return 'json';
  const type = file.headers['content-type'] ?? '';
  if (/\.(?:ndjson|jsonl)$/i.test(file.name) || /ndjson|jsonl/i.test(type)) return 'ndjson';
  const [first = '', ...others] = start.split('\n').filter((line) => line.trim() !== '');
  return isObject(parsed(first)) && others[0]?.trimStart().startsWith('{') ? 'ndjson' : 'json';
}

async function* documentRows(
  bytes: AsyncIterable<Uint8Array>,
  config: JsonConfig,
  beside: Beside,
  nullIsEmpty: boolean,
): AsyncGenerator<Piece[]> {
  if (config.layout === 'columns') return yield await columnRows(bytes, config, beside);
  const { rowsPath } = config;
  const scan = new ArrayScan(rowsPath ? rowsPath.split('.') : [], beside, nullIsEmpty);
  let count = 0;
  for await (const chunk of bytes) {
    const elements = scan.push(chunk);
    yield elements.map((element, index) => elementPiece(element, count + index + 1));
    count += elements.length;
  }
  scan.end();
}

function elementPiece(element: Element, position: number): Piece {
  const text = decoded(element);
  const value = parsed(text);
  if (value === notJson) {
    throw new EntrepotError(
      'DATA_ERROR',
      `The JSON is malformed in row ${position}, which begins on line ${element.line}: ${text.slice(0, 200)}`,
    );
  }
  return piece(element, text, value, `row ${position}`);
}

async function* lineRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Piece[]> {
  for await (const elements of lines(bytes)) {
    const pieces: Piece[] = [];
    for (const element of elements) {
      const text = decoded(element);
      if (text.trim() !== '') pieces.push(piece(element, text, parsed(text), 'the line'));
    }
    yield pieces;
  }
}

function piece(element: Element, text: string, value: unknown, subject: string): Piece {
  const { line } = element;
  const bytes = element.bytes.length;
  const problem = problemOf(value);
  if (problem === undefined) return { bytes, row: { line, values: value as SourceRow['values'] } };
  const reason = `${subject} is ${problem}`;
  return { bytes, broken: { line, reason, raw: text.slice(0, RAW_CHARS) } };
}

/** What keeps a value from being a row, if anything does. */
function problemOf(value: unknown): string | undefined {
  if (value === notJson) return 'not JSON';
  if (value === tooDeep || isDeeper(value, MAX_DEPTH)) return `nested more than ${MAX_DEPTH} levels deep`;
  return isObject(value) ? undefined : `${kindOf(value)}, not an object`;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decoded({ bytes, line }: Element): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const message = `The row that begins on line ${line} is not UTF-8. Save the file as UTF-8 and try again.`;
    throw new EntrepotError('DATA_ERROR', message, { cause });
  }
}

const notJson = Symbol('not JSON');
const tooDeep = Symbol('nested too deep');

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    return error instanceof RangeError ? tooDeep : notJson;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return JSON.isRawJSON(value) ? 'a number' : `a ${typeof value}`;
}
