import { EntrepotError } from '#lib/core/errors.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { Tally } from '#lib/exports/file.ts';
import type { RowBatches } from '#lib/exports/formats/contract.ts';
import { tap } from '#lib/exports/tap.ts';

/** Kept free for what a format writes after its last row. */
const ENDING_BYTES = 64 * 1024;
/** What a cell takes where a format gives each value of a column the same room. */
const LEAST_CELL_BYTES = 9;

/**
 * Watches how large a file becomes. A format may hold back what it was given, so a file is full by what it has
 * written or by the text of its cells, whichever is more, with room for two more batches like the largest.
 */
export function partSize(split: ExportDefinition['split']) {
  const most = split?.bytes ?? Number.POSITIVE_INFINITY;
  let tally: Tally | undefined;
  let text = 0;
  let largest = 0;
  return {
    rows: split?.rows,
    /** The batches as they are, weighed as they pass where bytes count. */
    weighed(rows: RowBatches): RowBatches {
      if (split?.bytes === undefined) return rows;
      return tap(rows, (batch) => {
        const bytes = weigh(batch);
        text += bytes;
        largest = Math.max(largest, bytes);
      });
    },
    begin(next: Tally): void {
      tally = next;
      text = 0;
    },
    isFull(): boolean {
      return Math.max(tally?.bytes ?? 0, text) + 2 * largest + ENDING_BYTES > most;
    },
    /** Throws `invalid` where a finished file is larger than it may be. */
    check({ bytes }: Tally): void {
      if (bytes > most) throw tooLarge(most);
    },
  };
}

function weigh(batch: readonly (readonly (string | null)[])[]): number {
  let bytes = 0;
  for (const row of batch) {
    for (const cell of row) bytes += Math.max(LEAST_CELL_BYTES, cell === null ? 0 : Buffer.byteLength(cell));
  }
  return bytes;
}

function tooLarge(most: number): EntrepotError {
  return new EntrepotError(
    'invalid',
    `The rows could not be cut into files of ${most} bytes: a few of them are larger than that. Allow larger files.`,
  );
}
