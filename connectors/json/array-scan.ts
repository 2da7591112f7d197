import { EntrepotError } from '#lib/core/errors.ts';
import { Beside } from './beside.ts';
import { type Found, NAMED_KEYS, nothingAtPath } from './path-error.ts';
import { isWhitespace, ValueScan } from './value-scan.ts';

/** One element of the array of rows: its own bytes, and the line on which it starts. */
export interface Element {
  readonly bytes: Uint8Array;
  readonly line: number;
}

/** What must come next in the container that is open. */
type Expected = 'value' | 'first' | 'item' | 'colon' | 'next' | 'nothing';

type Purpose = 'row' | 'key' | 'note' | 'wanted' | 'other';

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
/** The n of null. */
const NULL = 0x6e;
/** What a JSON value may begin with. */
const startsValue: ReadonlySet<number> = new Set(Buffer.from('{["-0123456789tfn'));
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** So much is shown of what an API says went wrong. */
const NOTE_BYTES = 300;

/** Keys under which an API says what went wrong. */
const noteKeys = new Set(['error', 'errors', 'message', 'error_description', 'detail']);

/**
 * Walks a JSON document along a path to the array of rows and finds where each element begins and ends;
 * what lies beside the path is passed over without being held, but for what is wanted of it. Malformed or truncated JSON, and a path
 * that leads elsewhere, are a `DATA_ERROR`. What is inside an element is left to `JSON.parse`.
 */
export class ArrayScan {
  readonly #path: readonly string[];
  readonly #beside: Beside;
  readonly #nullIsEmpty: boolean;
  /** The objects on the path that are open, each with the names it has been seen to hold. */
  readonly #levels: { readonly names: string[] }[] = [];
  #expected: Expected = 'value';
  #inRows = false;
  #found = false;
  /** True where the value that comes next is on the path. */
  #onPath = true;
  #key = '';
  /** The first thing that the answer says went wrong, as raw JSON. */
  #note: string | undefined;
  #scan: ValueScan | undefined;
  #purpose: Purpose = 'other';
  #line = 1;
  #offset = 0;

  /** `nullIsEmpty`: where the rows should be, null may stand for none. */
  constructor(path: readonly string[], beside = new Beside([]), nullIsEmpty = false) {
    this.#path = path;
    this.#beside = beside;
    this.#nullIsEmpty = nullIsEmpty && path.length > 0;
  }

  /** The elements that end in this chunk. */
  push(chunk: Uint8Array): Element[] {
    const elements: Element[] = [];
    for (let index = 0; index < chunk.length; ) {
      index = this.#scan
        ? this.#readValue(this.#scan, chunk, index, elements)
        : this.#readToken(chunk, index);
    }
    this.#offset += chunk.length;
    return elements;
  }

  /** Throws unless the document has ended. */
  end(): void {
    if (this.#expected === 'nothing') return;
    const isEmpty = this.#expected === 'value' && this.#levels.length === 0;
    throw new EntrepotError(
      'DATA_ERROR',
      isEmpty
        ? 'The answer is empty: there is no JSON in it.'
        : `The JSON breaks off at byte ${this.#offset} (line ${this.#line}), before its end. Fetch or upload it again, whole.`,
    );
  }

  #readToken(chunk: Uint8Array, index: number): number {
    const byte = chunk[index] as number;
    if (byte === 0x0a) this.#line += 1;
    if (isWhitespace(byte) || this.#isByteOrderMark(byte, index)) return index + 1;
    if (this.#expected === 'colon' && byte === COLON) this.#expected = 'value';
    else if (this.#expected === 'next' && byte === COMMA) this.#expected = 'item';
    else if (this.#canClose() && byte === (this.#inRows ? CLOSE_ARRAY : CLOSE_OBJECT)) this.#close();
    else return this.#begin(byte, index);
    return index + 1;
  }

  #isByteOrderMark(byte: number, index: number): boolean {
    return byte === byteOrderMark[this.#offset + index];
  }

  #canClose(): boolean {
    return this.#expected === 'next' || this.#expected === 'first';
  }

  /** A key or a value starts here, where one may. */
  #begin(byte: number, index: number): number {
    if (this.#expected === 'value')
      return this.#onPath ? this.#follow(byte, index) : this.#beginValue(byte, index);
    if (this.#expected !== 'first' && this.#expected !== 'item') throw this.#malformed(byte, index);
    if (this.#inRows) return this.#start('row', byte, index);
    if (byte !== QUOTE) throw this.#malformed(byte, index);
    return this.#start('key', byte, index);
  }

  #beginValue(byte: number, index: number): number {
    const names = this.#levels.at(-1)?.names;
    if (names && names.length <= NAMED_KEYS)
      names.push(byte === OPEN_ARRAY ? `${this.#key} (an array)` : this.#key);
    return this.#start(this.#purposeOfValue(), byte, index);
  }

  #purposeOfValue(): Purpose {
    if (this.#beside.wants(this.#place)) return 'wanted';
    return !this.#found && noteKeys.has(this.#key) ? 'note' : 'other';
  }

  /** The names on the way to the value that is read. */
  get #place(): string[] {
    return [...this.#path.slice(0, this.#levels.length - 1), this.#key];
  }

  #start(purpose: Purpose, byte: number, index: number): number {
    if (byte === COMMA || byte === COLON || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      throw this.#malformed(byte, index);
    }
    this.#purpose = purpose;
    this.#scan = new ValueScan(purpose !== 'other');
    return index;
  }

  /** The next container on the path opens, or the path leads to something else. */
  #follow(byte: number, index: number): number {
    if (!startsValue.has(byte)) throw this.#malformed(byte, index);
    const isArray = byte === OPEN_ARRAY;
    const isAtEnd = this.#levels.length === this.#path.length;
    if (isAtEnd && this.#nullIsEmpty && byte === NULL) return this.#passNull(byte, index);
    const isRows = isAtEnd && isArray;
    if (!isRows && byte !== OPEN_OBJECT)
      throw this.#foundInstead(isArray ? 'an array' : 'neither an object nor an array');
    this.#inRows = isRows;
    this.#found ||= isRows;
    this.#onPath = false;
    if (!isRows) this.#levels.push({ names: [] });
    this.#expected = 'first';
    return index + 1;
  }

  #passNull(byte: number, index: number): number {
    this.#found = true;
    this.#onPath = false;
    return this.#start('other', byte, index);
  }

  #close(): void {
    if (this.#inRows) this.#inRows = false;
    else if (this.#found) this.#levels.pop();
    else throw this.#foundInstead('an object');
    this.#expected = this.#levels.length === 0 ? 'nothing' : 'next';
  }

  #readValue(scan: ValueScan, chunk: Uint8Array, index: number, elements: Element[]): number {
    const end = scan.read(chunk, index);
    if (end === -1) return chunk.length;
    this.#scan = undefined;
    if (this.#purpose === 'row') elements.push({ bytes: scan.kept, line: this.#line });
    else this.#readOther(scan.kept);
    this.#expected = this.#purpose === 'key' ? 'colon' : 'next';
    this.#line += scan.lineBreaks;
    return end;
  }

  #readOther(bytes: Buffer): void {
    if (this.#purpose === 'key') this.#readKey(bytes);
    if (this.#purpose === 'wanted') keepIn(this.#beside, this.#place, bytes);
    if (!this.#found && noteKeys.has(this.#key) && this.#purpose !== 'key' && this.#purpose !== 'other')
      this.#note ??= bytes.toString('utf8', 0, NOTE_BYTES);
  }

  #readKey(bytes: Buffer): void {
    this.#key = parsedKey(bytes);
    this.#onPath = !this.#found && this.#key === this.#path[this.#levels.length - 1];
  }

  #foundInstead(found: Found): EntrepotError {
    return nothingAtPath({
      path: this.#path,
      depth: this.#levels.length,
      found,
      names: this.#levels.at(-1)?.names ?? [],
      note: this.#note,
    });
  }

  #malformed(byte: number, index: number): EntrepotError {
    const where = `byte ${this.#offset + index} (line ${this.#line})`;
    const hint =
      this.#expected === 'nothing'
        ? ' The document has ended there; if each line is a row, set the format to ndjson.'
        : '';
    return new EntrepotError(
      'DATA_ERROR',
      `The JSON is malformed: unexpected "${String.fromCharCode(byte)}" at ${where}.${hint}`,
    );
  }
}

function keepIn(beside: Beside, place: readonly string[], bytes: Buffer): void {
  try {
    beside.keep(place, bytes.toString());
  } catch (cause) {
    const message = `The JSON is malformed: what stands at "${place.join('.')}" cannot be read.`;
    throw new EntrepotError('DATA_ERROR', message, { cause });
  }
}

function parsedKey(bytes: Buffer): string {
  try {
    return String(JSON.parse(bytes.toString()));
  } catch (cause) {
    throw new EntrepotError('DATA_ERROR', 'The JSON is malformed: one of its keys cannot be read.', {
      cause,
    });
  }
}
