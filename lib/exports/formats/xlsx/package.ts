import { crc32, inflateRawSync } from 'node:zlib';
import { EntrepotError } from '#lib/core/errors.ts';
import { brokenArchive, readAt, readDirectory, type ZipEntry } from '#lib/core/zip-directory.ts';

/** The parts of a workbook that is held in memory. */
export interface Package {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** A part's bytes, decompressed and checked. Throws `DATA_ERROR` where they are broken, or too many. */
  read(name: string): Promise<Buffer>;
}

const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** A part is held while it is copied or changed. */
const MAX_PART_BYTES = 64_000_000;
const MAX_WORKBOOK_BYTES = 256_000_000;

/** Opens an archive of such sizes as a workbook has; throws `DATA_ERROR` for any other. */
export async function openPackage(bytes: Uint8Array): Promise<Package> {
  const file = heldFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const entries = (await readDirectory(file, bytes.length)).filter(({ name }) => !name.endsWith('/'));
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  if (byName.size < entries.length) throw brokenArchive();
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > MAX_WORKBOOK_BYTES) throw tooLarge('unpacked, it', MAX_WORKBOOK_BYTES);
  return {
    names: [...byName.keys()],
    has: (name) => byName.has(name),
    async read(name) {
      const entry = byName.get(name);
      if (!entry) throw brokenArchive();
      return unpacked(entry, await packedBytes(file, entry));
    },
  };
}

type HeldFile = Parameters<typeof readAt>[0];

function heldFile(bytes: Buffer): HeldFile {
  return {
    async read(buffer, offset, length, position) {
      return { bytesRead: bytes.copy(buffer, offset, position, position + length) };
    },
  };
}

async function packedBytes(file: HeldFile, { offset, compressedBytes }: ZipEntry): Promise<Buffer> {
  const header = await readAt(file, offset, LOCAL_HEADER_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw brokenArchive();
  const start = offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (compressedBytes > MAX_PART_BYTES) throw tooLarge('one of its parts', MAX_PART_BYTES);
  return readAt(file, start, compressedBytes);
}

function unpacked({ name, method, isEncrypted, bytes, crc32: checksum }: ZipEntry, packed: Buffer): Buffer {
  if (isEncrypted || (method !== STORED && method !== DEFLATED)) {
    throw new EntrepotError('DATA_ERROR', 'The workbook’s archive is encrypted. Save it without a password.');
  }
  if (bytes > MAX_PART_BYTES) throw tooLarge(`its part "${name}"`, MAX_PART_BYTES);
  const plain = method === STORED ? packed : inflate(packed, bytes);
  if (plain.length !== bytes || crc32(plain) !== checksum) throw brokenArchive();
  return plain;
}

/** Stops one byte past what the directory says: a bomb never grows further. */
function inflate(packed: Buffer, bytes: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: bytes + 1 });
  } catch (error) {
    throw brokenArchive(error);
  }
}

function tooLarge(what: string, bytes: number): EntrepotError {
  const size = bytes / 1_000_000;
  return new EntrepotError(
    'DATA_ERROR',
    `The workbook is too large: ${what} has more than ${size} MB. Take out what is not needed, such as old rows.`,
  );
}
