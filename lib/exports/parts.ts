import type { CellText } from '#lib/core/columns.ts';
import type { RowBatches } from '#lib/exports/formats/contract.ts';

type Row = readonly CellText[];

/** Where a part ends. */
export interface PartLimits {
  /** What all rows of a part share: a row of another begins the next part. */
  sharing(row: Row): string;
  /** In rows; no limit where absent. */
  readonly rows?: number | undefined;
  /** Asked after each batch: whether what the part has become is as large as it may be. */
  isFull(): boolean;
}

/** Rows that make a file of their own; to be read to their end before the next part is asked for. */
export interface Part {
  /** What its rows share; empty where there is no row. */
  readonly shared: string;
  readonly rows: RowBatches;
}

/** Cuts rows into parts, in their order, none lost and none twice; there is one part at least, empty without rows. */
export async function* cutParts(batches: RowBatches, limits: PartLimits): AsyncGenerator<Part> {
  const held = new HeldRows(batches);
  try {
    do {
      const first = (await held.fill()) ? held.rows[0] : undefined;
      const shared = first ? limits.sharing(first) : '';
      yield { shared, rows: partRows(held, shared, limits) };
    } while (await held.fill());
  } finally {
    await held.end();
  }
}

async function* partRows(held: HeldRows, shared: string, limits: PartLimits): AsyncGenerator<readonly Row[]> {
  let room = limits.rows ?? Number.POSITIVE_INFINITY;
  while (await held.fill()) {
    const end = held.rows.findIndex((row, place) => place >= room || limits.sharing(row) !== shared);
    const batch = held.take(end < 0 ? held.rows.length : end);
    room -= batch.length;
    if (batch.length > 0) yield batch;
    if (held.rows.length > 0 || room === 0 || limits.isFull()) return;
  }
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
