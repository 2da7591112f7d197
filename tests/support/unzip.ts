import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

/** The files of a ZIP archive by their paths, in its order, each checked against its checksum by the reader. */
export async function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  const opened = await promisify<Buffer, { lazyEntries: boolean; validateEntrySizes: boolean }, ZipFile>(
    fromBuffer,
  )(archive, { lazyEntries: true, validateEntrySizes: true });
  const files = new Map<string, Buffer>();
  for await (const entry of entriesOf(opened)) files.set(entry.fileName, await bytesOf(opened, entry));
  return files;
}

async function* entriesOf(archive: ZipFile): AsyncGenerator<Entry> {
  for (let count = 0; count < archive.entryCount; count += 1) {
    const found = Promise.withResolvers<Entry>();
    archive.once('entry', found.resolve).once('error', found.reject);
    archive.readEntry();
    yield await found.promise;
    archive.off('error', found.reject);
  }
}

async function bytesOf(archive: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await promisify(archive.openReadStream.bind(archive, entry))();
  if (!stream) throw new Error(`cannot read ${entry.fileName}`);
  return buffer(stream);
}
