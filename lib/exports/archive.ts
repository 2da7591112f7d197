import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of an archive. */
export interface Entry {
  /** Within the archive, folders by slashes. */
  readonly path: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** False where the bytes are compressed already. */
  readonly compress: boolean;
}

/** When every file of an archive says it was made. */
interface ArchiveOptions {
  readonly madeAt: Date;
}

/**
 * A ZIP archive as it grows: one entry after another, each read as it comes, in memory that grows with neither. An
 * error of an entry is thrown.
 */
export async function* zip(
  entries: AsyncIterable<Entry>,
  { madeAt }: ArchiveOptions,
): AsyncGenerator<Uint8Array> {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  let input: Readable | undefined;
  archive.on('error', (error: Error) => output.destroy(error));
  const fill = async () => {
    for await (const { path, bytes, compress } of entries) {
      if (output.destroyed) return;
      input = Readable.from(bytes, { objectMode: false });
      archive.addReadStream(input, path, { mtime: madeAt, compress });
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
