import { constants, createDeflate } from 'node:zlib';

/**
 * Deflates one text after another, each to a whole stream of zlib's format (RFC 1950), one at a time. All of them share
 * one state of zlib: what each call of `deflateSync` takes is let go no sooner than the whole heap is collected.
 */
export function deflater(): (bytes: Uint8Array) => Promise<Uint8Array> {
  const zlib = createDeflate({ flush: constants.Z_FINISH });
  const chunks: Buffer[] = [];
  zlib.on('data', (chunk: Buffer) => chunks.push(chunk));
  // Whoever waits for the bytes is told.
  zlib.on('error', () => undefined);
  return async (bytes) => {
    await new Promise<void>((resolve, reject) => {
      zlib.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    zlib.reset();
    return Buffer.concat(chunks.splice(0));
  };
}
