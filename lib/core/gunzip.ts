import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { EntrepotError } from '#lib/core/errors.ts';

/** Past this much output a file must not have been squeezed more than `MAX_RATIO`: real data is not, a bomb is. */
const UNSUSPICIOUS_BYTES = 64 * 1024 * 1024;
const MAX_RATIO = 200;

/**
 * The decompressed bytes of a gzip stream, chunk by chunk, in flat memory. A stream that breaks off, is
 * corrupt or swells beyond reason is a `DATA_ERROR`; errors of the source pass unchanged, and the source
 * is closed when the reader leaves.
 */
export async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const taken = { bytes: 0 };
  const feeding = pipeline(counted(source, taken), gunzip).catch(() => undefined);
  let given = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      given += chunk.length;
      if (given > UNSUSPICIOUS_BYTES && given > taken.bytes * MAX_RATIO) throw swollen(taken.bytes, given);
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? broken(error, taken.bytes) : error;
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  taken: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    taken.bytes += chunk.length;
    yield chunk;
  }
}

function isZlibError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function broken(cause: Error & { code: string }, bytes: number): EntrepotError {
  const message =
    cause.code === 'Z_BUF_ERROR'
      ? `The gzip file breaks off at byte ${bytes}, in the middle of its data. Fetch or upload it again, whole.`
      : `The gzip file is corrupt, at or before byte ${bytes} (${cause.message}). Fetch or upload it again.`;
  return new EntrepotError('DATA_ERROR', message, { cause });
}

function swollen(taken: number, given: number): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    `The gzip file swells from ${taken} to more than ${given} bytes, over ${MAX_RATIO} times its size. Send it uncompressed if that is meant.`,
  );
}
