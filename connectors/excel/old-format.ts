import type { FileHandle } from 'node:fs/promises';
import { EntrepotError } from '#lib/core/errors.ts';

const SIGNATURE = 'd0cf11e0';
const HEADER_BYTES = 512;
/** The entry of an encrypted workbook stands among the first of the directory, 128 bytes each. */
const DIRECTORY_BYTES = 4_096;

/** Refuses what Excel keeps in its old container: a workbook with a password, and an `.xls`. */
export async function refuseOldFormat(file: FileHandle): Promise<void> {
  const header = await readUpTo(file, 0, HEADER_BYTES);
  if (header.toString('hex', 0, 4) !== SIGNATURE) return;
  const problem = (await isEncrypted(file, header))
    ? 'The workbook is protected by a password. Open it in Excel and save it without one.'
    : 'The file is an Excel workbook of the old kind (.xls). Open it in Excel and save it as .xlsx.';
  throw new EntrepotError('DATA_ERROR', problem);
}

async function isEncrypted(file: FileHandle, header: Buffer): Promise<boolean> {
  if (header.length < HEADER_BYTES) return false;
  const sectorBytes = 2 ** header.readUInt16LE(30);
  const directory = await readUpTo(file, (header.readUInt32LE(48) + 1) * sectorBytes, DIRECTORY_BYTES);
  return directory.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

async function readUpTo(file: FileHandle, offset: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, offset);
  return buffer.subarray(0, bytesRead);
}
