import { EntrepotError } from '#lib/core/errors.ts';

/**
 * The text of a UTF-8 byte stream, without its byte order mark. A character may be split over chunks;
 * bytes that are not UTF-8 are a `DATA_ERROR` that says where.
 */
export async function* decodeUtf8(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let offset = 0;
  for await (const chunk of source) {
    yield decoded(() => decoder.decode(chunk, { stream: true }), offset, offset + chunk.length);
    offset += chunk.length;
  }
  yield decoded(() => decoder.decode(), offset, offset);
}

function decoded(decode: () => string, from: number, to: number): string {
  try {
    return decode();
  } catch (cause) {
    const where = from === to ? `at its end (byte ${to})` : `between bytes ${from} and ${to}`;
    throw new EntrepotError('DATA_ERROR', `The file is not UTF-8 ${where}. Save it as UTF-8 and try again.`, {
      cause,
    });
  }
}
