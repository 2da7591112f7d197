import type { CellText } from '#lib/core/columns.ts';
import type { RowBatches } from '#lib/exports/formats/contract.ts';

type Row = readonly CellText[];

/** Where a part ends. */
export interface PartLimits {
  /** The places of the cells that all rows of a part share; rows that share them come one after another. */
  readonly sharing: readonly number[];
  /** In rows; no limit where absent. */
  readonly rows?: number | undefined;
  /** Asked after each batch: whether what the part has become is as large as it may be. */
  isFull(): boolean;
}

/** Rows that make a file of their own; to be read to their end before the next part is asked for. */
export interface Part {
  /** What its rows share, in the order of `sharing`. */
  readonly shared: Row;
  readonly rows: RowBatches;
}

/** Cuts rows into parts, in their order, none lost and none twice; there is one part at least, empty without rows. */
export async function* cutParts(batches: RowBatches, limits: PartLimits): AsyncGenerator<Part> {
  const held = new HeldRows(batches);
  try {
    do {
      const first = (await held.fill()) ? held.rows[0] : undefined;
      const shared = first ? limits.sharing.map((place) => first[place] ?? null) : [];
      yield { shared, rows: partRows(held, shared, limits) };
    } while (await held.fill());
  } finally {
    await held.end();
  }
}

async function* partRows(held: HeldRows, shared: Row, limits: PartLimits): AsyncGenerator<readonly Row[]> {
  let room = limits.rows ?? Number.POSITIVE_INFINITY;
  while (await held.fill()) {
    const batch = held.take(countSharing(held.rows, shared, limits.sharing, room));
    room -= batch.length;
    if (batch.length > 0) yield batch;
    if (held.rows.length > 0 || room === 0 || limits.isFull()) return;
  }
}

/** How many of the first rows share the values, `most` at the most. */
function countSharing(rows: readonly Row[], shared: Row, sharing: readonly number[], most: number): number {
  const others = (row: Row) => sharing.some((place, index) => (row[place] ?? null) !== shared[index]);
  const end = sharing.length === 0 ? -1 : rows.findIndex(others);
  return Math.min(end < 0 ? rows.length : end, most);
}

/** The rows that were read and belong to the next part. */
class HeldRows {
  rows: readonly Row[] = [];
  readonly #batches: AsyncIterator<readonly Row[]>;

  constructor(batches: RowBatches) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** Reads on where nothing is held; false at the end. */
  async fill(): Promise<boolean> {
    while (this.rows.length === 0) {
      const { done, value } = await this.#batches.next();
      if (done) return false;
      this.rows = value;
    }
    return true;
  }

  take(count: number): readonly Row[] {
    const taken = this.rows.slice(0, count);
    this.rows = this.rows.slice(count);
    return taken;
  }

  async end(): Promise<void> {
    await this.#batches.return?.();
  }
}
