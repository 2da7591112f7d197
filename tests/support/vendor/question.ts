import type { VendorRow } from './table.ts';

/** How the vendor gives out pages; the first part of a path, `/page/orders`. */
export const pagingKinds = ['none', 'link', 'next', 'cursor', 'lastRow', 'page', 'offset'] as const;
export type PagingKind = (typeof pagingKinds)[number];

/** What the vendor does of its own accord, whatever it is asked. */
export interface Habits {
  /** The most rows that it gives to one question, over all pages; the rest is left out without a word. */
  cap: number;
  /** The most rows of a page, however many are asked for. */
  maxPage: number;
  /** Parameters that it takes no notice of. */
  readonly ignores: Set<string>;
}

/** The part of a table that an answer holds. */
export interface Part {
  readonly rows: readonly VendorRow[];
  /** How many rows the question has, with those that the cap leaves out. */
  readonly total: number;
  readonly hasMore: boolean;
  /** What asks for the next page, by `cursor`. */
  readonly nextCursor: string | null;
  /** The number of the last page. */
  readonly pages: number;
}

const filters: Readonly<Record<string, (row: VendorRow, value: string) => boolean>> = {
  updated_since: (row, value) => Date.parse(row.updated_at) >= momentOf(value),
  updated_after: (row, value) => Date.parse(row.updated_at) > momentOf(value),
  created_from: (row, value) => Date.parse(row.created_at) >= momentOf(value),
  created_to: (row, value) => Date.parse(row.created_at) < momentOf(value),
  version_from: (row, value) => BigInt(row.version) >= BigInt(value),
  code_from: (row, value) => String(row.code) >= value,
};

/** Answers a question: filters, sorts and cuts as its parameters say. */
export function partOf(
  all: readonly VendorRow[],
  kind: PagingKind,
  asked: URLSearchParams,
  habits: Habits,
): Part {
  const parameters = new Map([...asked].filter(([name]) => !habits.ignores.has(name)));
  const found = sorted(
    all.filter((row) => isAsked(row, parameters)),
    parameters.get('sort') ?? 'id',
  );
  const given = found.slice(0, habits.cap);
  const size = Math.min(Number(parameters.get('limit') ?? 100), habits.maxPage);
  const start = startOf(given, kind, parameters, size);
  const rows = kind === 'none' ? given : given.slice(start, start + size);
  const hasMore = kind !== 'none' && start + size < given.length;
  const last = rows.at(-1);
  return {
    rows,
    total: found.length,
    hasMore,
    nextCursor: hasMore && last ? Buffer.from(String(last.id)).toString('base64url') : null,
    pages: Math.max(Math.ceil(given.length / size), 1),
  };
}

function isAsked(row: VendorRow, parameters: ReadonlyMap<string, string>): boolean {
  return [...parameters].every(([name, value]) => filters[name]?.(row, value) ?? true);
}

/** By a column, `-` before it for the largest first; rows that are alike stay in the order of their ids. */
function sorted(rows: readonly VendorRow[], sort: string): VendorRow[] {
  const column = sort.replace(/^-/, '');
  const direction = sort.startsWith('-') ? -1 : 1;
  const compare = (one: unknown, other: unknown) =>
    one === other ? 0 : (one as never) < (other as never) ? -1 : 1;
  return rows.toSorted((one, other) => direction * compare(one[column], other[column]) || one.id - other.id);
}

/** Pages that are counted begin where they are counted to; the others behind the row that they name, by its id. */
function startOf(
  rows: readonly VendorRow[],
  kind: PagingKind,
  parameters: ReadonlyMap<string, string>,
  size: number,
): number {
  if (kind === 'page') return (Math.max(Number(parameters.get('page') ?? 1), 1) - 1) * size;
  if (kind === 'offset') return Number(parameters.get('offset') ?? 0);
  const cursor = parameters.get('cursor');
  const after =
    kind === 'lastRow' ? parameters.get('after') : cursor && Buffer.from(cursor, 'base64url').toString();
  if (!after) return 0;
  const next = rows.findIndex(({ id }) => id > Number(after));
  return next === -1 ? rows.length : next;
}

function momentOf(value: string): number {
  if (/^\d{1,10}$/.test(value)) return Number(value) * 1_000;
  return /^\d+$/.test(value) ? Number(value) : Date.parse(value);
}
