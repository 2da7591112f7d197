import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { uploadStream } from '#lib/storage/uploads.ts';

/** A larger workbook is no template: it is held in memory while it is filled. */
const MOST_BYTES = 20_000_000;

/** An uploaded workbook, whole. Throws `invalid` where it is gone or too large. */
export async function templateBytes(tx: Tx, upload: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of await open(tx, upload)) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw unusable(`is larger than ${MOST_BYTES / 1e6} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function open(tx: Tx, upload: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    return await uploadStream(tx, upload);
  } catch (cause) {
    if (!isEntrepotError(cause) || cause.code !== 'not_found') throw cause;
    throw unusable('is no longer there: upload it again', cause);
  }
}

function unusable(problem: string, cause?: unknown): EntrepotError {
  return new EntrepotError('invalid', `The workbook that the export fills ${problem}.`, {
    cause,
    fields: { 'format.options.template.upload': problem },
  });
}
