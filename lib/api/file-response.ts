import { Readable } from 'node:stream';

interface FileBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A response that streams `body` as fast as it is read, and ends the source when the reader goes away. */
export function fileResponse({ headers, body }: FileBody): Response {
  const stream = Readable.toWeb(Readable.from(body, { objectMode: false }));
  return new Response(stream as ReadableStream<Uint8Array>, { headers });
}
