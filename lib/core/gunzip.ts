import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import { EntrepotError } from '#lib/core/errors.ts';

/** Past this much output a file must not have been squeezed more than `MAX_RATIO`: real data is not, a bomb is. */
const UNSUSPICIOUS_BYTES = 64 * 1024 * 1024;
const MAX_RATIO = 200;
const CHUNK_BYTES = 64 * 1024;

/**
 * The decompressed bytes of a gzip stream, chunk by chunk, in flat memory. A stream that breaks off, is
 * corrupt or swells beyond reason is a `DATA_ERROR`; errors of the source pass unchanged, and the source
 * is closed when the reader leaves.
 */
export function gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return decompressed(source, createGunzip({ chunkSize: CHUNK_BYTES }), 'gzip file');
}

/** As `gunzipped`, for bytes deflated without a header; `what` they are is said in errors. */
export function inflated(source: AsyncIterable<Uint8Array>, what: string): AsyncGenerator<Uint8Array> {
  return decompressed(source, createInflateRaw({ chunkSize: CHUNK_BYTES }), what);
}

async function* decompressed(
  source: AsyncIterable<Uint8Array>,
  unpacking: Gunzip | InflateRaw,
  what: string,
): AsyncGenerator<Uint8Array> {
  const taken = { bytes: 0 };
  const feeding = pipeline(counted(source, taken), unpacking).catch(() => undefined);
  let given = 0;
  try {
    for await (const chunk of unpacking as AsyncIterable<Uint8Array>) {
      given += chunk.length;
      if (given > UNSUSPICIOUS_BYTES && given > taken.bytes * MAX_RATIO)
        throw swollen(what, taken.bytes, given);
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? broken(what, error, taken.bytes) : error;
  } finally {
    unpacking.destroy();
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

function broken(what: string, cause: Error & { code: string }, bytes: number): EntrepotError {
  const message =
    cause.code === 'Z_BUF_ERROR'
      ? `The ${what} breaks off at byte ${bytes}, in the middle of its data. Fetch or upload it again, whole.`
      : `The ${what} is corrupt, at or before byte ${bytes} (${cause.message}). Fetch or upload it again.`;
  return new EntrepotError('DATA_ERROR', message, { cause });
}

function swollen(what: string, taken: number, given: number): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    `The ${what} swells from ${taken} to more than ${given} bytes, over ${MAX_RATIO} times its size. Send it uncompressed if that is meant.`,
  );
}
