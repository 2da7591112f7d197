import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { refuseForeign } from '#connectors/file-body.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { inflated } from '#lib/core/gunzip.ts';
import { peek } from '#lib/core/peek.ts';
import { brokenArchive, readAt, readDirectory, type ZipEntry } from '#lib/core/zip-directory.ts';
import { refuseOldFormat } from './old-format.ts';
import { temporaryFile } from './temporary-file.ts';

/** The file on disk may be so large: what a serverless function's temporary folder holds. */
const MAX_FILE_BYTES = 400_000_000;
/** More than any sheet that Excel can save and open again. */
const MAX_PART_BYTES = 8_000_000_000;
const CHUNK_BYTES = 64 * 1024;
const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** The parts of a workbook's archive, which lies in a temporary file while it is open. */
export interface Archive {
  has(name: string): boolean;
  /** A part's bytes, decompressed chunk by chunk and checked; `limit` is the most that it may have. */
  read(name: string, limit?: number): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Keeps the file in a temporary one, for the directory of an archive stands at its end and Excel puts the
 * texts behind the sheets that use them. Throws `DATA_ERROR` for everything that is no whole archive.
 */
export async function openArchive(source: AsyncIterable<Uint8Array>): Promise<Archive> {
  const file = await temporaryFile();
  try {
    const size = await store(source, file);
    await refuseOldFormat(file);
    const entries = await readDirectory(file, size);
    const byName = new Map(entries.map((entry) => [normalised(entry.name), entry]));
    return {
      has: (name) => byName.has(normalised(name)),
      read: (name, limit = MAX_PART_BYTES) => readPart(file, byName.get(normalised(name)), limit),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Names are compared without case, and some writers climb down folders by `\`. */
function normalised(name: string): string {
  return name.replaceAll('\\', '/').toLowerCase();
}

async function store(source: AsyncIterable<Uint8Array>, file: FileHandle): Promise<number> {
  const { head, bytes, close } = await peek(source, CHUNK_BYTES);
  let size = 0;
  try {
    refuseOther(head);
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > MAX_FILE_BYTES) throw tooLarge('The workbook is larger than 400 MB');
      await file.writeFile(chunk);
    }
    return size;
  } finally {
    await close();
  }
}

function refuseOther(head: Buffer): void {
  if (head.length === 0) throw new EntrepotError('DATA_ERROR', 'The file is empty.');
  const start = head.toString('latin1', 0, 4);
  if (start === 'PK\u0003\u0004' || start === '\u00d0\u00cf\u0011\u00e0') return;
  refuseForeign(head.toString('latin1'), 'an Excel workbook');
  throw new EntrepotError(
    'DATA_ERROR',
    'The file is no Excel workbook (.xlsx). Save it as one in Excel, or add it as what it is, such as CSV.',
  );
}

function tooLarge(problem: string): EntrepotError {
  return new EntrepotError('DATA_ERROR', `${problem}. Split it, or save the sheet as CSV and add that.`);
}

async function* readPart(
  file: FileHandle,
  entry: ZipEntry | undefined,
  limit: number,
): AsyncGenerator<Uint8Array> {
  if (!entry) throw brokenArchive();
  const { name, method } = entry;
  if (entry.isEncrypted || (method !== STORED && method !== DEFLATED)) {
    throw new EntrepotError('DATA_ERROR', 'The workbook’s archive is encrypted. Save it without a password.');
  }
  const packed = packedBytes(file, entry);
  const plain = method === STORED ? packed : inflated(packed, `part "${name}" of the workbook`);
  let bytes = 0;
  let checksum = 0;
  for await (const chunk of plain) {
    bytes += chunk.length;
    if (bytes > limit)
      throw tooLarge(`The workbook is too large: its part "${name}" has more than ${limit / 1_000_000} MB`);
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (bytes !== entry.bytes || checksum !== entry.crc32) throw brokenArchive();
}

async function* packedBytes(
  file: FileHandle,
  { offset, compressedBytes }: ZipEntry,
): AsyncGenerator<Uint8Array> {
  const header = await readAt(file, offset, LOCAL_HEADER_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw brokenArchive();
  let at = offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  for (const end = at + compressedBytes; at < end; at += CHUNK_BYTES) {
    yield await readAt(file, at, Math.min(CHUNK_BYTES, end - at));
  }
}
