import { valueAt } from '#connectors/json/beside.ts';
import type { JsonConfig } from '#connectors/json/definition.ts';
import type { Pagination } from '#connectors/json/pagination-definition.ts';
import type { Piece } from '#connectors/paging.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { nextLink } from './link-header.ts';
import type { Place } from './standing.ts';
import { hashOf } from './trail.ts';

type PagerOf<By extends Pagination['by']> = Extract<Pagination, { by: By }>;

/** What an answer says about where the next one is. */
export interface AnswerFacts {
  /** Where it was asked for. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly place: Place | undefined;
  /** How many rows it added to what was read before. */
  readonly rows: number;
  /** How many rows the question has given so far, and how many the answer says there are. */
  readonly rowsInAll: number;
  readonly total: number | undefined;
  /** Its last record. */
  readonly last: Piece | undefined;
  at(path: string): unknown;
}

/** Where the next answer is; undefined where this was the last one. */
export function nextPlace({ url: base = '', pagination }: JsonConfig, facts: AnswerFacts): Place | undefined {
  switch (pagination?.by) {
    case undefined:
      return undefined;
    case 'link':
      return linked(nextLink(facts.headers.link ?? ''), facts.address, base);
    case 'next':
      return linked(facts.at(pagination.path), facts.address, base);
    case 'cursor':
      return isLast(pagination, facts) ? undefined : token(facts.at(pagination.path));
    case 'lastRow':
      return isLast(pagination, facts) || facts.rows === 0 ? undefined : afterRow(pagination, facts);
    case 'page':
      return isLastCounted(pagination, facts) ? undefined : { page: pageOf(pagination, facts.place) + 1 };
    case 'offset':
      return isLastCounted(pagination, facts) ? undefined : { offset: facts.rowsInAll };
  }
}

/** Whether the first page is full and neither names a next one nor says that there is none. */
export function endsUnsaid({ pagination, pageSize }: JsonConfig, facts: AnswerFacts): boolean {
  if (facts.place || !pageSize || facts.rows < pageSize.rows) return false;
  if (pagination?.by === 'link') return facts.headers.link === undefined;
  if (pagination?.by !== 'next' && pagination?.by !== 'cursor') return false;
  return !('morePath' in pagination && pagination.morePath) && facts.at(pagination.path) === undefined;
}

/** The address of the answer at a place, without credentials. */
export function addressOf(
  { url: base = '', pagination, pageSize }: JsonConfig,
  place: Place | undefined,
  parameters: Readonly<Record<string, string>>,
): string {
  if (place && 'url' in place) return new URL(place.url, base).href;
  const url = new URL(base);
  const all = {
    ...(pageSize && { [pageSize.parameter]: String(pageSize.rows) }),
    ...parameters,
    ...positionOf(pagination, place),
  };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return url.href;
}

function positionOf(pagination: Pagination | undefined, place: Place | undefined): Record<string, string> {
  if (pagination?.by === 'page') return { [pagination.parameter]: String(pageOf(pagination, place)) };
  if (!pagination || !place || !('parameter' in pagination)) return {};
  if ('offset' in place) return { [pagination.parameter]: String(place.offset) };
  return 'token' in place ? { [pagination.parameter]: place.token } : {};
}

function pageOf({ first = 1 }: PagerOf<'page'>, place: Place | undefined): number {
  return place && 'page' in place ? place.page : first;
}

/** An address as a place holds it: without its origin where that is the source's own. */
function linked(stated: unknown, asked: string, base: string): Place | undefined {
  if (stated === undefined || stated === null || stated === '' || stated === false) return undefined;
  const from = new URL(asked);
  const url = typeof stated === 'string' ? URL.parse(stated, from) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw noAddress('is none');
  // Behind a proxy, an API may not know that it is asked by https.
  if (from.protocol === 'https:' && url.hostname === from.hostname) url.protocol = 'https:';
  if (from.protocol === 'https:' && url.protocol === 'http:') throw noAddress('is not encrypted');
  url.hash = '';
  return { url: url.origin === new URL(base).origin ? url.pathname + url.search : url.href };
}

function noAddress(problem: string): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    `What the answer gives as the address of its next page ${problem}. Check the way to it under Pages.`,
    { fields: { 'config.pagination.path': 'leads to no address that can be asked' } },
  );
}

function token(stated: unknown): Place | undefined {
  const text = JSON.isRawJSON(stated) ? stated.rawJSON : stated;
  const isToken = (typeof text === 'string' && text !== '') || typeof text === 'number';
  return isToken ? { token: String(text) } : undefined;
}

function afterRow({ field }: PagerOf<'lastRow'>, { last }: AnswerFacts): Place {
  const place = last && 'row' in last ? token(valueAt(last.row.values, field)) : undefined;
  if (place) return place;
  throw new EntrepotError(
    'DATA_ERROR',
    `The last row of an answer has no "${field}", by which the next page is asked for. Check the field under Pages.`,
    { fields: { 'config.pagination.field': 'is not in the last row' } },
  );
}

/** By what a row is known that should stand before the next page; undefined where nothing tells rows apart. */
export function anchorOf(piece: Piece | undefined, pagination: Pagination | undefined): string | undefined {
  const rowId = pagination?.by === 'offset' ? pagination.rowId : undefined;
  const id = rowId && piece && 'row' in piece ? valueAt(piece.row.values, rowId) : undefined;
  return id === undefined ? undefined : hashOf(id);
}

/** Without a word about whether there are more, pages are read until one is empty. */
function isLastCounted(pagination: PagerOf<'page' | 'offset'>, facts: AnswerFacts): boolean {
  if (pagination.morePath !== undefined) return isLast(pagination, facts);
  return facts.rows === 0 || (facts.total !== undefined && facts.rowsInAll >= facts.total);
}

/** Whether the answer says that there are no more. */
function isLast(pagination: Pagination, { place, at }: AnswerFacts): boolean {
  if (!('morePath' in pagination) || pagination.morePath === undefined) return false;
  const more = at(pagination.morePath);
  const number = typeof more === 'boolean' ? Number.NaN : Number(more ?? Number.NaN);
  if (pagination.by === 'page' && Number.isInteger(number)) return pageOf(pagination, place) >= number;
  return !more || more === 'false' || number === 0;
}
