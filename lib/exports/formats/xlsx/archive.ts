import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of an archive. The next one is asked for once the bytes of this one have all been taken. */
export interface Part {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array> | Uint8Array;
}

/** Each chunk is a few hundred kB at most. */
const CHUNKS_AHEAD = 2;

/** A ZIP archive of the parts as it grows; ends their reading where it is not read to its end. */
export async function* zipped(
  parts: AsyncGenerator<Part>,
  compressionLevel: number,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let reading: Readable | undefined;
  const fail = (error: Error) => output.destroy(error);
  zip.on('error', fail);
  const fill = async () => {
    for await (const { name, bytes } of parts) {
      if (output.destroyed) return;
      reading = Readable.from(bytes instanceof Uint8Array ? [bytes] : bytes, {
        highWaterMark: CHUNKS_AHEAD,
      });
      zip.addReadStream(reading, name, { compressionLevel });
      await finished(reading);
    }
    zip.end();
  };
  const filling = fill().catch(fail);
  try {
    yield* output;
  } finally {
    reading?.destroy();
    output.destroy();
    await filling;
    await parts.return(undefined);
  }
}
