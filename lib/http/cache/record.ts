import type { OutboundResponse } from '#connectors/contract.ts';
import { peek } from '#lib/core/peek.ts';
import { ANSWER_MAX_BYTES } from './entry.ts';

/** A body that is said to be this short is read whole at once: its reader may leave it after the first rows. */
const SHORT_BYTES = 1_000_000;

/**
 * An answer whose body is handed to `keep` once it has arrived whole; not where it is larger than the cache takes,
 * breaks off, or is left before its end.
 */
export async function recorded(
  response: OutboundResponse,
  keep: (body: Uint8Array) => Promise<void>,
): Promise<OutboundResponse> {
  const { 'content-length': length } = response.headers;
  const isShort = length !== undefined && Number(length) <= SHORT_BYTES;
  return isShort ? readWhole(response, keep) : { ...response, body: noted(response.body, keep) };
}

/** What is short may still decode to something long. */
async function readWhole(
  response: OutboundResponse,
  keep: (body: Uint8Array) => Promise<void>,
): Promise<OutboundResponse> {
  const { head, bytes, close } = await peek(response.body, ANSWER_MAX_BYTES + 1);
  if (head.length > ANSWER_MAX_BYTES) return { ...response, body: closing(bytes, close) };
  await close();
  await keep(head);
  return { ...response, body: only(head) };
}

async function* closing(
  bytes: AsyncIterable<Uint8Array>,
  close: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } finally {
    await close();
  }
}

async function* noted(
  body: AsyncIterable<Uint8Array>,
  keep: (body: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length <= ANSWER_MAX_BYTES) chunks.push(chunk);
    else chunks.length = 0;
    yield chunk;
  }
  if (length <= ANSWER_MAX_BYTES) await keep(Buffer.concat(chunks));
}

/** A body that is there already. */
export async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
