/**
 * Thrift's compact protocol, in which Parquet writes what a file says of itself, as a tree that can be changed and
 * written again. A struct that is not looked into again may stand in the tree as its bytes. https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export type Struct = Map<number, Value>;
export type Value =
  | { readonly type: typeof TRUE | typeof FALSE }
  | { readonly type: typeof BYTE | typeof I16 | typeof I32 | typeof I64; readonly value: number }
  | { readonly type: typeof DOUBLE | typeof BINARY; readonly value: Uint8Array }
  | { readonly type: typeof LIST; readonly of: number; readonly value: readonly Value[] }
  | { readonly type: typeof STRUCT; readonly value: Struct | Uint8Array };

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** Sizes past this are written after the byte that else holds them. */
const LONG_LIST = 15;

export function i32(value: number): Value {
  return { type: I32, value };
}

export function i64(value: number): Value {
  return { type: I64, value };
}

export function text(value: string): Value {
  return { type: BINARY, value: Buffer.from(value) };
}

export function struct(fields: readonly (readonly [number, Value])[]): Value {
  return { type: STRUCT, value: new Map(fields) };
}

export function structs(value: readonly (Struct | Uint8Array)[]): Value {
  return { type: LIST, of: STRUCT, value: value.map((each) => ({ type: STRUCT, value: each })) };
}

/** The whole number in a field, or undefined where the field is absent. */
export function numberIn(fields: Struct, id: number): number | undefined {
  const field = fields.get(id);
  return field && 'value' in field && typeof field.value === 'number' ? field.value : undefined;
}

/** The struct in a field; empty where the field is absent. */
export function structIn(fields: Struct, id: number): Struct {
  const field = fields.get(id);
  return field ? fieldsOf(field) : new Map();
}

/** The structs of a field that lists them; none where the field is absent. */
export function structsIn(fields: Struct, id: number): Struct[] {
  const field = fields.get(id);
  if (field?.type !== LIST) return [];
  return field.value.map(fieldsOf);
}

function fieldsOf(value: Value): Struct {
  return value.type === STRUCT && value.value instanceof Map ? value.value : new Map();
}

/** The struct that `bytes` begin with. Whole numbers past 2^52 are not told apart. */
export function readStruct(bytes: Uint8Array): Struct {
  return new Reader(bytes).struct();
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  struct(): Struct {
    const fields: Struct = new Map();
    let id = 0;
    for (let head = this.#byte(); head !== STOP; head = this.#byte()) {
      id = head >> 4 === 0 ? this.#signed() : id + (head >> 4);
      fields.set(id, this.#value(head & 15));
    }
    return fields;
  }

  #value(type: number): Value {
    if (type === TRUE || type === FALSE) return { type };
    if (type === BYTE) return { type, value: this.#byte() };
    if (type === I16 || type === I32 || type === I64) return { type, value: this.#signed() };
    if (type === DOUBLE) return { type, value: this.#take(8) };
    if (type === BINARY) return { type, value: this.#take(this.#unsigned()) };
    if (type === LIST) return this.#list();
    if (type === STRUCT) return { type, value: this.struct() };
    throw new Error(`Thrift type ${type} occurs in no Parquet footer`);
  }

  #list(): Value {
    const head = this.#byte();
    const size = head >> 4 === LONG_LIST ? this.#unsigned() : head >> 4;
    const of = head & 15;
    const each = (): Value =>
      // Within a list a boolean is a byte of its own.
      of === TRUE || of === FALSE ? { type: this.#byte() === TRUE ? TRUE : FALSE } : this.#value(of);
    return { type: LIST, of, value: Array.from({ length: size }, each) };
  }

  #byte(): number {
    return this.#bytes[this.#at++] ?? STOP;
  }

  #take(length: number): Uint8Array {
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  #unsigned(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }

  #signed(): number {
    const value = this.#unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** The bytes of a struct. */
export function writeStruct(fields: Struct): Uint8Array {
  const writer = new Writer();
  writer.struct(fields);
  return Buffer.concat(writer.parts());
}

class Writer {
  readonly #parts: Uint8Array[] = [];
  #bytes: number[] = [];

  parts(): readonly Uint8Array[] {
    this.#take(new Uint8Array());
    return this.#parts;
  }

  struct(fields: Struct): void {
    let before = 0;
    for (const [id, value] of [...fields].sort(([one], [other]) => one - other)) {
      // Ids are close together in Parquet: a step always fits into four bits.
      this.#bytes.push(((id - before) << 4) | value.type);
      before = id;
      this.#value(value);
    }
    this.#bytes.push(STOP);
  }

  #value(field: Value): void {
    if (field.type === BYTE) this.#bytes.push(field.value);
    else if (field.type === I16 || field.type === I32 || field.type === I64) this.#signed(field.value);
    else if (field.type === DOUBLE) this.#take(field.value);
    else if (field.type === STRUCT) {
      if (field.value instanceof Uint8Array) this.#take(field.value);
      else this.struct(field.value);
    } else if (field.type === LIST) this.#list(field);
    else if (field.type === BINARY) {
      this.#unsigned(field.value.length);
      this.#take(field.value);
    }
  }

  #list({ of, value }: Extract<Value, { type: typeof LIST }>): void {
    const isLong = value.length >= LONG_LIST;
    this.#bytes.push(((isLong ? LONG_LIST : value.length) << 4) | of);
    if (isLong) this.#unsigned(value.length);
    for (const each of value) {
      if (each.type === TRUE || each.type === FALSE) this.#bytes.push(each.type);
      else this.#value(each);
    }
  }

  #take(bytes: Uint8Array): void {
    this.#parts.push(Uint8Array.from(this.#bytes), bytes);
    this.#bytes = [];
  }

  #unsigned(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes.push((rest % 128) | 128);
    this.#bytes.push(rest);
  }

  #signed(value: number): void {
    this.#unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }
}
