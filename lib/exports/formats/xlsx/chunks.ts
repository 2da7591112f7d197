import type { CellText } from '#lib/core/columns.ts';
import type { RowBatches } from '#lib/exports/formats/contract.ts';

/** In UTF-16 units; mostly as many bytes. */
const CHUNK_UNITS = 128 * 1024;

/** What each row is written as, in its order, in chunks of about 128 KB or a batch. */
export async function* rowChunks(
  batches: RowBatches,
  write: (row: readonly CellText[]) => string,
): AsyncGenerator<string> {
  for await (const batch of batches) {
    let text = '';
    for (const row of batch) {
      text += write(row);
      if (text.length < CHUNK_UNITS) continue;
      yield text;
      text = '';
    }
    if (text) yield text;
  }
}

/** The texts in UTF-8. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}
