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
  const chain = decodersOf(raw, options);
  if (Number(options.headers['content-length'] ?? 0) > options.maxBytes)
    throw discard(raw, tooLarge(options));
  return limited(raw, chain, options);
}

async function* limited(
  raw: Readable,
  chain: readonly Transform[],
  options: BodyOptions,
): AsyncGenerator<Uint8Array> {
  const received = { bytes: 0 };
  let decodedBytes = 0;
  try {
    for await (const chunk of decode(counted(raw, received, options), chain)) {
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

function decode(source: AsyncIterable<Uint8Array>, chain: readonly Transform[]): AsyncIterable<Uint8Array> {
  const last = chain.at(-1);
  if (!last) return source;
  pipeline([Readable.from(source), ...chain], () => {}); // An error destroys every stream, so that reading the last one throws it.
  return last;
}

/** Encodings are listed in the order they were applied. An empty body has nothing to decode. */
function decodersOf(raw: Readable, { headers, host }: BodyOptions): Transform[] {
  if (headers['content-length'] === '0') return [];
  const names = (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return names
    .filter((name) => name !== '' && name !== 'identity')
    .reverse()
    .map((name) => {
      const create = decoders[name];
      if (create) return create();
      throw discard(
        raw,
        new EntrepotError('DATA_ERROR', `${host} answers in an encoding that is not known here.`),
      );
    });
}

function discard(raw: Readable, error: EntrepotError): EntrepotError {
  raw.destroy();
  return error;
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
  if (/^(Z_|ERR_|ZSTD_)/.test(code)) {
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
