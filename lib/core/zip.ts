import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of an archive. The next one is asked for once the bytes of this one have all been taken. */
export interface Entry {
  /** Within the archive, folders by slashes. */
  readonly path: string;
  readonly bytes: AsyncIterable<Uint8Array> | Uint8Array;
  /** False where the bytes are compressed already. */
  readonly compress?: boolean;
}

interface ArchiveOptions {
  /** When every file says it was made; now where absent. */
  readonly madeAt?: Date;
  /** Of compression, from 1, the fastest, to 9, the smallest; 6 where absent. */
  readonly level?: number;
}

/**
 * A ZIP archive as it grows: one entry after another, each read as it comes, in memory that grows with neither. An
 * error of an entry is thrown.
 */
export async function* zip(
  entries: AsyncIterable<Entry>,
  { madeAt: mtime = new Date(), level = 6 }: ArchiveOptions = {},
): AsyncGenerator<Uint8Array> {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  let input: Readable | undefined;
  archive.on('error', (error: Error) => output.destroy(error));
  const fill = async () => {
    for await (const { path, bytes, compress = true } of entries) {
      if (output.destroyed) return;
      input = Readable.from(bytes instanceof Uint8Array ? [bytes] : bytes, { objectMode: false });
      archive.addReadStream(input, path, { mtime, compressionLevel: compress ? level : 0 });
      await finished(input);
    }
    archive.end();
  };
  const filled = fill().catch((error: Error) => output.destroy(error));
  try {
    yield* output;
  } finally {
    output.destroy();
    input?.destroy();
    await filled;
  }
}
