/** How a text file is written in bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const marks: readonly (readonly [encoding: Encoding, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What the byte order mark at the beginning says, where there is one. */
export function encodingByMark(start: Uint8Array): Encoding | undefined {
  return marks.find(([, mark]) => mark.every((byte, index) => start[index] === byte))?.[0];
}

/** UTF-16 where the first character is Latin and NULs stand only in its place of the two bytes. */
export function encodingByNuls(start: Uint8Array): Encoding | undefined {
  const nulAt = start.indexOf(0);
  if (nulAt > 1 || nulAt === -1) return undefined;
  const isUtf16 = start.every((byte, index) => byte !== 0 || index % 2 === nulAt);
  if (!isUtf16) return undefined;
  return nulAt === 0 ? 'utf-16be' : 'utf-16le';
}

const wellFormed = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;
/** A character of three or four bytes that is cut after its second; one byte alone tells nothing. */
const cutAtEnd = /(?:[\xe0-\xef]|[\xf0-\xf4][\x80-\xbf]?)[\x80-\xbf]$/;
const beyondAscii = /[\x80-\xff]/g;

/** Blanks, line breaks and the end mark of DOS files (0x1a) aside. */
function isControl(byte: number): boolean {
  return byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1a);
}

/**
 * What bytes with some beyond ASCII are: Windows-1252 where more of these stand alone than form characters
 * of UTF-8, unless there are control characters, which no text of that kind has. A UTF-8 file with a broken
 * byte is still UTF-8, and the decoder says where it breaks.
 */
export function encodingByBytes(bytes: Uint8Array): 'utf-8' | 'windows-1252' {
  const text = Buffer.from(bytes).toString('latin1');
  const rest = text.replace(wellFormed, '');
  const characters = (text.match(wellFormed)?.length ?? 0) + (cutAtEnd.test(rest) ? 1 : 0);
  const strays = rest.replace(cutAtEnd, '').match(beyondAscii)?.length ?? 0;
  return strays > characters && !bytes.some(isControl) ? 'windows-1252' : 'utf-8';
}
