import { isAscii } from 'node:buffer';
import { EntrepotError } from '#lib/core/errors.ts';
import { peek } from '#lib/core/peek.ts';
import { type Encoding, encodingByBytes, encodingByMark, encodingByNuls } from './guess-encoding.ts';

/** A piece of a text, and the encoding that it was decoded from: `utf-8` for as long as all is ASCII. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
}

/** NULs are looked for in so much of the beginning. */
const START_BYTES = 4 * 1024;
/** UTF-8 and Windows-1252 are told apart by so much, from the first byte beyond ASCII on. */
const WINDOW_BYTES = 64 * 1024;

/**
 * The text of a byte stream in pieces, without its byte order mark, in flat memory. The mark decides the
 * encoding, else `stated`, else the bytes; how they are cut into chunks makes no difference. Bytes that do
 * not belong to the encoding are a `DATA_ERROR` that names their line.
 */
export async function* decodeText(
  source: AsyncIterable<Uint8Array>,
  stated?: Encoding,
): AsyncGenerator<DecodedText> {
  const { head, bytes, close } = await peek(source, START_BYTES);
  try {
    const start = head.subarray(0, START_BYTES);
    const encoding = encodingByMark(start) ?? stated ?? encodingByNuls(start);
    const decoder = new Decoder();
    for await (const piece of pieces(bytes, encoding)) {
      yield { text: decoder.decode(piece), encoding: piece.encoding };
    }
    decoder.end();
  } finally {
    await close();
  }
}

/** The bytes with their encoding; where it is open it stays so until the first byte beyond ASCII. */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  known: Encoding | undefined,
): AsyncGenerator<Piece> {
  let encoding = known;
  let held = Buffer.alloc(0);
  for await (const chunk of source) {
    if (encoding) {
      yield { bytes: chunk, encoding };
      continue;
    }
    held = Buffer.concat([held, chunk]);
    const ascii = asciiLength(held);
    if (held.length - ascii >= WINDOW_BYTES) encoding = encodingByBytes(windowOf(held, ascii));
    else if (ascii < held.length) continue;
    yield { bytes: held, encoding: encoding ?? 'utf-8' };
    held = Buffer.alloc(0);
  }
  if (held.length > 0) yield { bytes: held, encoding: encodingByBytes(windowOf(held, asciiLength(held))) };
}

function asciiLength(bytes: Uint8Array): number {
  return isAscii(bytes) ? bytes.length : bytes.findIndex((byte) => byte > 0x7f);
}

function windowOf(bytes: Uint8Array, start: number): Uint8Array {
  return bytes.subarray(start, start + WINDOW_BYTES);
}

const names: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

/** Decodes pieces in their order, and knows the line and the byte at which it stands. */
class Decoder {
  #encoding: Encoding = 'utf-8';
  /** The beginning of a character whose end has not come yet. */
  #unfinished: Uint8Array = Buffer.alloc(0);
  #byte = 0;
  #line = 1;

  decode({ bytes, encoding }: Piece): string {
    this.#encoding = encoding;
    const all = this.#unfinished.length > 0 ? Buffer.concat([this.#unfinished, bytes]) : bytes;
    const end = all.length - unfinishedLength(all, encoding);
    const text = this.#decodeWhole(all.subarray(0, end));
    const isMarked = this.#byte === 0 && text.startsWith('\ufeff');
    this.#unfinished = all.subarray(end);
    this.#byte += end;
    this.#line += lineBreaks(text);
    return isMarked ? text.slice(1) : text;
  }

  end(): void {
    if (this.#unfinished.length > 0) throw this.#malformed(0, 'breaks off within a character');
  }

  #decodeWhole(bytes: Uint8Array): string {
    try {
      return decoderOf(this.#encoding).decode(bytes);
    } catch (cause) {
      const sound = soundLength(bytes, this.#encoding);
      this.#line += lineBreaks(decoderOf(this.#encoding).decode(bytes.subarray(0, sound)));
      throw this.#malformed(sound, `is not ${names[this.#encoding]}`, cause);
    }
  }

  #malformed(offset: number, problem: string, cause?: unknown): EntrepotError {
    const other = this.#encoding === 'utf-8' ? 'Windows-1252' : 'UTF-8';
    return new EntrepotError(
      'DATA_ERROR',
      `The file ${problem} on line ${this.#line}, at byte ${this.#byte + offset + 1}. If it is ${other}, choose the encoding ${other}; else repair it there, or save it as UTF-8.`,
      { cause },
    );
  }
}

function decoderOf(encoding: Encoding): TextDecoder {
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
}

/** How many bytes at the end may be the beginning of a character. */
function unfinishedLength(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding === 'windows-1252') return 0;
  return encoding === 'utf-8' ? unfinishedUtf8(bytes) : unfinishedUtf16(bytes, encoding);
}

function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes.at(-back) ?? 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Half a unit, and the first unit of a surrogate pair. */
function unfinishedUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): number {
  const half = bytes.length % 2;
  const highByte = bytes.at(encoding === 'utf-16le' ? -1 - half : -2 - half) ?? 0;
  return (highByte & 0xfc) === 0xd8 ? half + 2 : half;
}

/** The length of the whole characters before the first bytes that are none, found by halving. */
function soundLength(bytes: Uint8Array, encoding: Encoding): number {
  let sound = 0;
  for (let broken = bytes.length; broken - sound > 1; ) {
    const middle = (sound + broken) >> 1;
    if (isSound(bytes.subarray(0, middle), encoding)) sound = middle;
    else broken = middle;
  }
  return sound - unfinishedLength(bytes.subarray(0, sound), encoding);
}

function isSound(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    decoderOf(encoding).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
