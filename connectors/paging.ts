import {
  type BrokenRow,
  PAGE_MAX_BYTES,
  PAGE_MAX_ROWS,
  type Page,
  type SourceRow,
} from '#connectors/contract.ts';

/** One record of a body with its size in bytes: a row, or what could not be read as one. */
export type Piece = { readonly bytes: number } & (
  | { readonly row: SourceRow }
  | { readonly broken: BrokenRow }
);

/** The records that one chunk of a body completed, in order; `columns` where the source states them. */
export interface Batch {
  readonly columns?: readonly string[];
  readonly pieces: readonly Piece[];
}

/** As much of a body as fits into a page. */
export interface Cut {
  readonly pieces: readonly Piece[];
  readonly columns?: readonly string[];
  /** How many records of the body lie behind, these included. */
  readonly records: number;
  /** The record before the first of these, where there is one. */
  readonly before?: Piece;
  /** The body ends here. */
  readonly last: boolean;
}

/** How many records of the body lie behind; on resuming, as many are read past. */
interface Cursor {
  readonly records: number;
}

interface Open {
  readonly pieces: Piece[];
  readonly before: Piece | undefined;
  bytes: number;
}

/**
 * Cuts the records of one body into pages within the contract's limits. The last page, possibly without
 * rows, is the only one with `complete`; a body that throws never has one.
 */
export async function* paginate(batches: AsyncIterable<Batch>, cursor: unknown): AsyncGenerator<Page> {
  const skipped = (cursor as Cursor | null)?.records ?? 0;
  for await (const cut of cuts(batches, skipped)) {
    const page = pageOf(cut, { records: cut.records } satisfies Cursor);
    yield cut.last ? { ...page, complete: true } : page;
  }
}

/** The records of one body behind the first `skipped`, cut as `paginate` does; the last may be empty. */
export async function* cuts(
  batches: AsyncIterable<Batch> | Iterable<Batch>,
  skipped: number,
): AsyncGenerator<Cut> {
  let open: Open = { pieces: [], before: undefined, bytes: 0 };
  let columns: readonly string[] | undefined;
  let previous: Piece | undefined;
  let records = 0;
  for await (const batch of batches) {
    columns = batch.columns;
    for (const piece of batch.pieces) {
      if (records === skipped) open = { pieces: [], before: previous, bytes: 0 };
      if (records >= skipped) {
        if (isFull(open, piece)) {
          yield { ...closed(open, columns), records, last: false };
          open = { pieces: [], before: previous, bytes: 0 };
        }
        open.pieces.push(piece);
        open.bytes += piece.bytes;
      }
      previous = piece;
      records += 1;
    }
  }
  if (records === skipped) open = { pieces: [], before: previous, bytes: 0 };
  yield { ...closed(open, columns), records, last: true };
}

/** The page that a cut makes; `cursor` is where to go on after it. */
export function pageOf({ pieces, columns }: Cut, cursor: unknown): Page {
  const broken = pieces.flatMap((piece) => ('broken' in piece ? piece.broken : []));
  return {
    rows: pieces.flatMap((piece) => ('row' in piece ? piece.row : [])),
    ...(broken.length > 0 && { broken }),
    ...(columns && { columns }),
    cursor,
  };
}

function isFull({ pieces, bytes }: Open, next: Piece): boolean {
  return pieces.length === PAGE_MAX_ROWS || (pieces.length > 0 && bytes + next.bytes > PAGE_MAX_BYTES);
}

function closed({ pieces, before }: Open, columns: readonly string[] | undefined) {
  return { pieces, ...(columns && { columns }), ...(before && { before }) };
}
