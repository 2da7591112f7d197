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

/** How many records of the body lie behind; on resuming, as many are read past. */
interface Cursor {
  readonly records: number;
}

interface OpenPage {
  readonly rows: SourceRow[];
  readonly broken: BrokenRow[];
  bytes: number;
}

/**
 * Cuts the records of one body into pages within the contract's limits. The last page, possibly without
 * rows, is the only one with `complete`; a body that throws never has one.
 */
export async function* paginate(batches: AsyncIterable<Batch>, cursor: unknown): AsyncGenerator<Page> {
  const skipped = (cursor as Cursor | null)?.records ?? 0;
  let page: OpenPage = { rows: [], broken: [], bytes: 0 };
  let columns: readonly string[] | undefined;
  let records = 0;
  for await (const batch of batches) {
    columns = batch.columns;
    for (const piece of batch.pieces) {
      if (records >= skipped) {
        if (isFull(page, piece)) {
          yield closed(page, columns, records);
          page = { rows: [], broken: [], bytes: 0 };
        }
        add(page, piece);
      }
      records += 1;
    }
  }
  yield { ...closed(page, columns, records), complete: true };
}

function isFull(page: OpenPage, next: Piece): boolean {
  const count = page.rows.length + page.broken.length;
  return count === PAGE_MAX_ROWS || (count > 0 && page.bytes + next.bytes > PAGE_MAX_BYTES);
}

function add(page: OpenPage, piece: Piece): void {
  if ('row' in piece) page.rows.push(piece.row);
  else page.broken.push(piece.broken);
  page.bytes += piece.bytes;
}

function closed(page: OpenPage, columns: readonly string[] | undefined, records: number): Page {
  return {
    rows: page.rows,
    ...(page.broken.length > 0 && { broken: page.broken }),
    ...(columns && { columns }),
    cursor: { records } satisfies Cursor,
  };
}
