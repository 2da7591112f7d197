import type { Page } from '#connectors/contract.ts';
import type { FileBody } from '#connectors/file-body.ts';
import type { Beside } from '#connectors/json/beside.ts';
import type { JsonConfig } from '#connectors/json/definition.ts';
import { isoOf, momentOf } from '#connectors/json/moment.ts';
import { besideRows, jsonRows } from '#connectors/json/rows.ts';
import { type Batch, type Cut, cuts, type Piece, pageOf } from '#connectors/paging.ts';
import { type ApiSource, openAnswer } from './answer.ts';
import { askedFrom, type Bookmark, columnMissing, largestIn } from './growing.ts';
import { type AnswerFacts, addressOf, anchorOf } from './pager.ts';
import type { Standing } from './standing.ts';
import { hashOf } from './trail.ts';
import { windowParameters } from './windows.ts';

/** A pass over an API: of everything, or from a bookmark on. */
export interface Pass {
  readonly source: ApiSource;
  readonly since: Bookmark | null;
}

/** An answer that was read to its end. */
export interface AnswerRead {
  /** Its last page; where to go on after it is yet to be found. */
  readonly page: Omit<Page, 'cursor'>;
  /** Where the pass stood before it, with what it has taught. */
  readonly standing: Standing;
  readonly facts: AnswerFacts;
  /** The same for the same records only. */
  readonly contents: string;
}

/** An answer in which the record is not there any more that should stand before the first one. */
export interface AnswerMoved {
  /** A hash of the record there instead. */
  readonly moved: string;
}

/**
 * Reads the answer at which a pass stands; yields its pages but the last, each with a cursor from which the rest
 * of it can be read.
 */
export async function* readAnswer(
  pass: Pass,
  begun: Standing,
): AsyncGenerator<Page, AnswerRead | AnswerMoved> {
  const { source, since } = pass;
  const { config } = source;
  const address = addressOf(config, begun.place, parametersOf(pass, begun));
  const answer = await openAnswer(source, address, since !== null);
  const { headers } = answer;
  const beside = besideRows(config, pathsBeside(config));
  const batches = answer.status === 204 ? [] : batchesOf(pass, begun, answer, beside);
  let standing = withClock(begun, headers.date);
  let first = begun.behind?.first;
  for await (const cut of cuts(batches, skippedBy(begun))) {
    if (hasMoved(begun, cut, config)) return { moved: keyOf(cut.before) };
    standing = withRows(standing, cut, pass);
    first ??= keyOf(cut.pieces[0]);
    if (begun.place === undefined) standing = { ...standing, head: first };
    const last = keyOf(cut.pieces.at(-1));
    const behind = { records: cut.records, row: last, first };
    const page = pageOf(cut, { ...standing, behind } satisfies Standing);
    if (cut.last) {
      const facts = factsOf(begun, cut, config, { address, headers, beside });
      return { page, standing, facts, contents: hashOf(first, last, cut.records) };
    }
    yield page;
  }
  throw new Error('a body without its last cut');
}

/** Where what was asked for may well not be there, an API may have null for no rows. */
function batchesOf(
  { source, since }: Pass,
  begun: Standing,
  answer: FileBody,
  beside: Beside,
): AsyncIterable<Batch> {
  const { config } = source;
  const mayBeNone = since !== null || begun.answers > 0 || begun.window !== undefined;
  // What is looked for beside the rows is nowhere in NDJSON.
  const format = config.format ?? (pathsBeside(config).length > 0 ? 'json' : undefined);
  return jsonRows(answer, { ...config, format }, beside, mayBeNone);
}

function parametersOf({ source, since }: Pass, { window }: Standing): Record<string, string> {
  const { incremental, windows } = source.config;
  if (windows && window) return windowParameters(windows, window);
  return since && incremental ? { [incremental.parameter]: askedFrom(incremental, since) } : {};
}

/** What of the document, beside its rows, says where to go on. */
function pathsBeside({ pagination, totalPath }: JsonConfig): string[] {
  const paths = [totalPath];
  if (pagination && 'path' in pagination) paths.push(pagination.path);
  if (pagination && 'morePath' in pagination) paths.push(pagination.morePath);
  return paths.filter((path) => path !== undefined);
}

function skippedBy({ behind, anchor }: Standing): number {
  return behind?.records ?? (anchor === undefined ? 0 : 1);
}

/** Whether what was read up to is not where it was, as the first cut shows. */
function hasMoved(begun: Standing, { pieces, records, before }: Cut, { pagination }: JsonConfig): boolean {
  if (records - pieces.length > skippedBy(begun)) return false;
  if (begun.behind) return keyOf(before) !== begun.behind.row;
  return begun.anchor !== undefined && anchorOf(before, pagination) !== begun.anchor;
}

function keyOf(piece: Piece | undefined): string {
  return hashOf(piece && ('row' in piece ? piece.row.values : piece.broken.raw));
}

/** What a vendor changed after its own clock said so cannot have been seen, whatever ours says. */
function withClock(standing: Standing, date: string | undefined): Standing {
  const stated = momentOf(date);
  return stated !== undefined && isoOf(stated) < standing.began
    ? { ...standing, began: isoOf(stated) }
    : standing;
}

function withRows(standing: Standing, { pieces }: Cut, { source, since }: Pass): Standing {
  const { incremental } = source.config;
  if (!incremental) return standing;
  const rows = pieces.flatMap((piece) => ('row' in piece ? [piece.row.values] : []));
  const largest = largestIn(incremental, rows, standing.largest);
  if (largest === undefined && rows.length > 0 && !since) throw columnMissing(incremental);
  return largest === undefined ? standing : { ...standing, largest };
}

function factsOf(
  begun: Standing,
  { pieces, records }: Cut,
  { totalPath }: JsonConfig,
  { address, headers, beside }: Pick<AnswerFacts, 'address' | 'headers'> & { readonly beside: Beside },
): AnswerFacts {
  const rows = records - (begun.anchor === undefined ? 0 : 1);
  const total = totalPath === undefined ? Number.NaN : Number(beside.at(totalPath) ?? Number.NaN);
  return {
    address,
    headers,
    place: begun.place,
    rows,
    rowsInAll: begun.rows + rows,
    total: Number.isInteger(total) ? total : undefined,
    last: pieces.at(-1),
    at: (path) => beside.at(path),
  };
}
