import type { CellText } from '#lib/core/columns.ts';
import type { RowBatches } from '#lib/exports/formats/contract.ts';

type Batch = readonly (readonly CellText[])[];

/** Rows that are looked at before they are taken, and taken up to a limit, with the rest left for the next to take. */
export interface RowFeed {
  /** The rows to come first, some at least; undefined at the end. */
  peek(): Promise<Batch | undefined>;
  take(limit: number): AsyncGenerator<Batch>;
  /** Ends the reading of what is left. */
  close(): Promise<void>;
}

export function rowFeed(rows: RowBatches): RowFeed {
  const source = rows[Symbol.asyncIterator]();
  let ahead: Batch | undefined;
  const peek = async () => {
    while (ahead === undefined || ahead.length === 0) {
      const { value, done } = await source.next();
      if (done) return undefined;
      ahead = value;
    }
    return ahead;
  };
  return {
    peek,
    async *take(limit) {
      for (let left = limit; left > 0; ) {
        const batch = await peek();
        if (!batch) return;
        const taken = batch.slice(0, left);
        ahead = batch.slice(taken.length);
        left -= taken.length;
        yield taken;
      }
    },
    async close() {
      await source.return?.();
    },
  };
}
