import { EntrepotError } from './errors.ts';

/** A file that is read at any place: one that is open, or one that is held. */
export interface ReadableFile {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/** A part of a ZIP archive, as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly offset: number;
}

interface Place {
  readonly offset: number;
  readonly bytes: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const ZIP64_END_SIGNATURE = 0x06064b50;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
/** In place of a number that stands in the 64-bit field. */
const ELSEWHERE = 0xffffffff;
/** A workbook has a part a sheet and a few dozen more. */
const MAX_DIRECTORY_BYTES = 16_000_000;

/** The parts of a ZIP archive of that size, in 32 or 64 bits; throws `DATA_ERROR` where it is cut or corrupt. */
export async function readDirectory(file: ReadableFile, size: number): Promise<ZipEntry[]> {
  const { offset, bytes } = await findDirectory(file, size);
  if (bytes > MAX_DIRECTORY_BYTES || offset + bytes > size) throw brokenArchive();
  return entriesOf(await readAt(file, offset, bytes));
}

/** So many bytes from `offset` on; throws `DATA_ERROR` where the file has no more. */
export async function readAt(file: ReadableFile, offset: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, offset);
  if (bytesRead < bytes) throw brokenArchive();
  return buffer;
}

export function brokenArchive(cause?: unknown): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    'The workbook is cut short or corrupt. Open it in Excel to see whether it is whole, then save and send it again.',
    { cause },
  );
}

async function findDirectory(file: ReadableFile, size: number): Promise<Place> {
  const tailBytes = Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
  const tail = await readAt(file, size - tailBytes, tailBytes);
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    const place = { bytes: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) };
    const isElsewhere = place.bytes === ELSEWHERE || place.offset === ELSEWHERE;
    return isElsewhere ? findDirectory64(file, size - tailBytes + at) : place;
  }
  throw brokenArchive();
}

async function findDirectory64(file: ReadableFile, end: number): Promise<Place> {
  if (end < ZIP64_LOCATOR_BYTES) throw brokenArchive();
  const locator = await readAt(file, end - ZIP64_LOCATOR_BYTES, ZIP64_LOCATOR_BYTES);
  if (locator.readUInt32LE(0) !== ZIP64_LOCATOR_SIGNATURE) throw brokenArchive();
  const record = await readAt(file, bigAt(locator, 8), 56);
  if (record.readUInt32LE(0) !== ZIP64_END_SIGNATURE) throw brokenArchive();
  return { bytes: bigAt(record, 40), offset: bigAt(record, 48) };
}

function entriesOf(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) break;
    const nameEnd = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, nameEnd),
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      crc32: directory.readUInt32LE(at + 16),
      ...sizes(directory.subarray(at, at + ENTRY_BYTES), directory.subarray(nameEnd, extraEnd)),
    });
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Each of the three that does not fit into 32 bits follows in the 64-bit field, in this order. */
function sizes(entry: Buffer, extra: Buffer): Pick<ZipEntry, 'bytes' | 'compressedBytes' | 'offset'> {
  const field = zip64Field(extra);
  let at = 0;
  const next = (given: number): number => {
    if (given !== ELSEWHERE) return given;
    at += 8;
    if (at > field.length) throw brokenArchive();
    return bigAt(field, at - 8);
  };
  const bytes = next(entry.readUInt32LE(24));
  const compressedBytes = next(entry.readUInt32LE(20));
  return { bytes, compressedBytes, offset: next(entry.readUInt32LE(42)) };
}

function zip64Field(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, end);
    at = end;
  }
  return Buffer.alloc(0);
}

function bigAt(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > Number.MAX_SAFE_INTEGER) throw brokenArchive();
  return Number(value);
}
