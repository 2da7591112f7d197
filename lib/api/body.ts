import { EntrepotError } from '#lib/core/errors.ts';

/** What Vercel takes at most; past it the request never reaches us there, so elsewhere we refuse alike. */
const BODY_MAX_BYTES = 4_500_000;

/** Throws `too_large` where the request announces a body past the limit, before any of it is read. */
export function refuseLongBody({ headers }: Request): void {
  refuseLength(Number(headers.get('content-length') ?? 0));
}

/**
 * The request's body, read no further than the limit; throws `too_large`, and `bad_request` where it breaks off:
 * whoever sent it has left.
 */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of arriving(request)) {
    length += chunk.byteLength;
    refuseLength(length);
    chunks.push(chunk);
  }
  if (length < Number(request.headers.get('content-length') ?? 0)) throw brokenOff();
  return Buffer.concat(chunks);
}

async function* arriving({ body }: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? [];
  } catch (cause) {
    throw brokenOff(cause);
  }
}

/** The request's JSON, `{}` where it has no body; throws `bad_request` where it is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request);
  if (body.byteLength === 0) return {};
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) {
    throw new EntrepotError('bad_request', 'Send the body as JSON, with "Content-Type: application/json".');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new EntrepotError('bad_request', 'The body is not valid JSON in UTF-8.', { cause });
  }
}

function brokenOff(cause?: unknown): EntrepotError {
  return new EntrepotError('bad_request', 'The body broke off before its end. Send it again.', { cause });
}

function refuseLength(bytes: number): void {
  if (bytes <= BODY_MAX_BYTES) return;
  throw new EntrepotError(
    'too_large',
    'The body is larger than 4.5 MB. Send a file through POST /api/uploads.',
  );
}
