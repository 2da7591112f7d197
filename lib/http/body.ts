import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** What we can decode, in the order of what it saves. */
export const ACCEPT_ENCODING = 'zstd, br, gzip';

/** Each decoder holds a window of some megabytes. */
const MAX_ENCODINGS = 2;

export interface BodyOptions {
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * The bytes of an answer, decoded of its `Content-Encoding`, in memory that does not grow with it. Throws
 * `NETWORK_ERROR` where it is cut or stalls, `DATA_ERROR` where it cannot be decoded, `too_large` past
 * `maxBytes` (before and after decoding), and the signal's reason. Leaving it early closes the connection.
 */
export function decodedBody(raw: Readable, options: BodyOptions): AsyncIterable<Uint8Array> {
  raw.on('error', () => {}); // It may break before it is read; reading it then throws.
  try {
    if (Number(options.headers['content-length'] ?? 0) > options.maxBytes) throw tooLarge(options);
    return limited(raw, encodingsOf(options), options);
  } catch (error) {
    raw.destroy();
    throw error;
  }
}

async function* limited(
  raw: Readable,
  encodings: readonly string[],
  options: BodyOptions,
): AsyncGenerator<Uint8Array> {
  const received = { bytes: 0 };
  let decodedBytes = 0;
  try {
    for await (const chunk of decode(counted(raw, received, options), encodings)) {
      decodedBytes += chunk.length;
      if (decodedBytes > options.maxBytes) throw tooLarge(options);
      yield chunk;
    }
  } catch (error) {
    throw options.signal.aborted ? options.signal.reason : bodyFailure(error, received.bytes, options.host);
  } finally {
    raw.destroy();
  }
}

async function* counted(
  raw: AsyncIterable<Uint8Array>,
  received: { bytes: number },
  options: BodyOptions,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of raw) {
    received.bytes += chunk.length;
    if (received.bytes > options.maxBytes) throw tooLarge(options);
    yield chunk;
  }
}

/** Undoes the encodings in the reverse of the order in which they were applied. */
function decode(source: AsyncIterable<Uint8Array>, encodings: readonly string[]): AsyncIterable<Uint8Array> {
  const chain = encodings.flatMap((name) => decoders[name]?.() ?? []).reverse();
  const last = chain.at(-1);
  if (!last) return source;
  // An error destroys every stream of the pipeline, so that reading the last one throws it.
  pipeline([Readable.from(source), ...chain], () => {});
  return last;
}

/** In the order they were applied. An empty body has none. */
function encodingsOf({ headers, host }: BodyOptions): string[] {
  if (headers['content-length'] === '0') return [];
  const names = (headers['content-encoding'] ?? '').toLowerCase().split(/[\s,]+/);
  const encodings = names.filter((name) => name !== '' && name !== 'identity');
  if (encodings.length <= MAX_ENCODINGS && encodings.every((name) => Object.hasOwn(decoders, name)))
    return encodings;
  throw new EntrepotError('DATA_ERROR', `${host} answers in an encoding that is not known here.`);
}

function bodyFailure(error: unknown, bytes: number, host: string): EntrepotError {
  if (isEntrepotError(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') {
    return failure(
      'NETWORK_ERROR',
      `The compressed answer of ${host} breaks off at byte ${bytes}. Try again later.`,
      error,
    );
  }
  if (/^(Z_|ERR__|ERR_BROTLI|ZSTD_)/.test(code)) {
    return failure('DATA_ERROR', `The compressed answer of ${host} is damaged before byte ${bytes}.`, error);
  }
  if (code === 'UND_ERR_BODY_TIMEOUT') {
    return failure('NETWORK_ERROR', `${host} stopped sending after ${bytes} bytes. Try again later.`, error);
  }
  return failure(
    'NETWORK_ERROR',
    `The answer of ${host} was cut after ${bytes} bytes. Try again later.`,
    error,
  );
}

function failure(code: 'NETWORK_ERROR' | 'DATA_ERROR', message: string, cause: unknown): EntrepotError {
  return new EntrepotError(code, message, { cause });
}

function tooLarge({ host, maxBytes }: BodyOptions): EntrepotError {
  const megabytes = Math.floor(maxBytes / 1_000_000);
  return new EntrepotError(
    'too_large',
    `The answer of ${host} is larger than ${megabytes} MB. Split it, or ask for less.`,
  );
}
