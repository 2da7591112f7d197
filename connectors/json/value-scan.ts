import { PAGE_MAX_BYTES } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';

/** Deeper than this no data is nested, and a recursive reader would run out of stack. */
export const MAX_DEPTH = 500;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;

/** Whether a byte is inside the value, its last one, or already behind it. */
type Outcome = 'on' | 'last' | 'past';

/**
 * Finds the end of one JSON value, chunk by chunk: it knows strings and nesting, nothing else. Only a kept
 * value is held, up to 8 MB (past that: `DATA_ERROR`); any other passes by in flat memory.
 */
export class ValueScan {
  /** Line breaks met inside the value so far. */
  lineBreaks = 0;
  readonly #keep: boolean;
  readonly #parts: Uint8Array[] = [];
  #bytes = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;

  constructor(keep: boolean) {
    this.#keep = keep;
  }

  /** The value's own bytes, as far as they were kept. */
  get kept(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** Reads on from `start`. Gives the index after the value, or -1 when the chunk ends first. */
  read(chunk: Uint8Array, start: number): number {
    const end = this.#findEnd(chunk, start);
    if (this.#keep) this.#hold(chunk.subarray(start, end === -1 ? chunk.length : end));
    return end;
  }

  #findEnd(chunk: Uint8Array, start: number): number {
    for (let index = start; index < chunk.length; index += 1) {
      if (this.#inString) {
        index = this.#closingQuote(chunk, index);
        if (index === -1) return -1;
        if (this.#depth === 0) return index + 1;
        continue;
      }
      const byte = chunk[index] as number;
      if (isPlain[byte]) continue;
      const outcome = this.#readStructure(byte);
      if (outcome !== 'on') return outcome === 'last' ? index + 1 : index;
    }
    return -1;
  }

  /** The index of the quote that closes the string, or -1 when the chunk ends inside it. */
  #closingQuote(chunk: Uint8Array, start: number): number {
    let index = this.#isEscaped ? start + 1 : start;
    this.#isEscaped = false;
    for (; index < chunk.length; index += 1) {
      const byte = chunk[index];
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) {
        this.#inString = false;
        return index;
      }
    }
    this.#isEscaped = index > chunk.length;
    return -1;
  }

  #readStructure(byte: number): Outcome {
    if (byte === QUOTE) this.#inString = true;
    else if (isOpening(byte)) this.#open();
    else if (isClosing(byte)) return this.#close();
    else if (this.#depth === 0) return 'past';
    else if (byte === LINE_FEED) this.lineBreaks += 1;
    return 'on';
  }

  #close(): Outcome {
    if (this.#depth === 0) return 'past';
    this.#depth -= 1;
    return this.#depth === 0 ? 'last' : 'on';
  }

  #open(): void {
    this.#depth += 1;
    if (this.#depth <= MAX_DEPTH) return;
    throw new EntrepotError('DATA_ERROR', `The JSON is nested more than ${MAX_DEPTH} levels deep.`);
  }

  #hold(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > PAGE_MAX_BYTES) {
      throw new EntrepotError('DATA_ERROR', 'One value of the JSON is longer than 8 MB: too long for a row.');
    }
    this.#parts.push(part);
  }
}

function isOpening(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function isClosing(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}

/** JSON's four: space, tab, line feed, carriage return. */
export function isWhitespace(byte: number): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}

/** Bytes that, outside of a string, neither structure a value nor end a scalar. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  isOpening(byte) || isClosing(byte) || isWhitespace(byte) || '",:'.includes(String.fromCharCode(byte))
    ? 0
    : 1,
);
