import { Readable } from 'node:stream';

/** A response that streams `body` as fast as it is read, and ends the source when the reader goes away. */
export function fileResponse({
  headers,
  body,
}: {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}): Response {
  const stream = Readable.toWeb(Readable.from(body, { objectMode: false }));
  return new Response(stream as ReadableStream<Uint8Array>, { headers });
}
