import {
  Bool,
  BufferType,
  Data,
  type DataType,
  DateDay,
  Decimal,
  Float64,
  Int64,
  makeData,
  TimestampMicrosecond,
  Utf8 as Utf8Type,
} from 'apache-arrow';
import { Bits, Utf8, Words } from './buffers.ts';
import { int64, type Unscaled, unscaled } from './numbers.ts';
import { dayOf, timeOf } from './times.ts';

/** The rows' presence, as Arrow has it beside a column's values. */
export interface Presence {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array;
}

/** A column's values of the present group of rows, as Arrow lays them out. */
export interface Values {
  readonly type: DataType;
  /** Adds a cell; false where the type cannot hold it. */
  push(cell: string): boolean;
  /** Adds a place for a cell that is null. */
  skip(): void;
  /** How much they take, in bytes. */
  size(): number;
  /** A view of them, good until the next is added. */
  data(presence: Presence): Data;
  clear(): void;
}

/** Writes a cell at a place; false where the type cannot hold it. */
type WriteCell = (words: Int32Array, at: number, cell: string) => boolean;

function fixedWidth(type: DataType, width: number, write: WriteCell): Values {
  const words = new Words();
  return {
    type,
    push(cell) {
      const at = words.length;
      return write(words.add(width), at, cell);
    },
    skip: () => void words.add(width),
    size: () => words.length * Int32Array.BYTES_PER_ELEMENT,
    data({ length, nullCount, nullBitmap }) {
      const { buffer, byteOffset, byteLength } = words.view();
      const Kind = type.ArrayType;
      const data = new Kind(buffer, byteOffset, byteLength / Kind.BYTES_PER_ELEMENT);
      return new Data(type, 0, length, nullCount, {
        [BufferType.DATA]: data,
        [BufferType.VALIDITY]: nullBitmap,
      });
    },
    clear: () => words.clear(),
  };
}

const WORD = 2 ** 32;

function writeInt64(words: Int32Array, at: number, value: Unscaled): void {
  if (typeof value === 'bigint') {
    words[at] = Number(BigInt.asIntN(32, value));
    words[at + 1] = Number(BigInt.asIntN(32, value >> 32n));
    return;
  }
  words[at] = value;
  words[at + 1] = Math.floor(value / WORD);
}

export function integers(): Values {
  return fixedWidth(new Int64(), 2, (words, at, cell) => {
    const value = int64(cell);
    if (value !== undefined) writeInt64(words, at, value);
    return value !== undefined;
  });
}

/** Decimals of 38 digits, `scale` of them after the point. */
export function decimals(scale: number): Values {
  return fixedWidth(new Decimal(scale, 38, 128), 4, (words, at, cell) => {
    const value = unscaled(cell, scale);
    if (value === undefined) return false;
    writeInt64(words, at, value);
    if (typeof value === 'bigint') writeInt64(words, at + 2, value >> 64n);
    else words.fill(value < 0 ? -1 : 0, at + 2, at + 4);
    return true;
  });
}

export function doubles(): Values {
  const number = new Float64Array(1);
  const halves = new Int32Array(number.buffer);
  return fixedWidth(new Float64(), 2, (words, at, cell) => {
    number[0] = Number(cell);
    words.set(halves, at);
    return true;
  });
}

export function dates(): Values {
  return fixedWidth(new DateDay(), 1, (words, at, cell) => {
    const day = dayOf(cell);
    words[at] = day ?? 0;
    return day !== undefined;
  });
}

const MICROS = 1_000_000;

export function times(): Values {
  return fixedWidth(new TimestampMicrosecond('UTC'), 2, (words, at, cell) => {
    const time = timeOf(cell);
    if (time === undefined) return false;
    const micros = time.seconds * MICROS + time.micros;
    const isExact = Number.isSafeInteger(micros);
    writeInt64(words, at, isExact ? micros : BigInt(time.seconds) * BigInt(MICROS) + BigInt(time.micros));
    return true;
  });
}

export function booleans(): Values {
  const bits = new Bits();
  const type = new Bool();
  return {
    type,
    push(cell) {
      bits.push(cell === 'true');
      return true;
    },
    skip: () => bits.push(false),
    size: () => bits.length / 8,
    data: (presence) => makeData({ type, data: bits.view(), ...presence }),
    clear: () => bits.clear(),
  };
}

export function texts(): Values {
  const utf8 = new Utf8();
  const ends = new Words();
  const type = new Utf8Type();
  const end = () => {
    const at = ends.length;
    ends.add(1)[at] = utf8.length;
  };
  end();
  return {
    type,
    push(cell) {
      utf8.push(cell);
      end();
      return true;
    },
    skip: end,
    size: () => utf8.length + ends.length * Int32Array.BYTES_PER_ELEMENT,
    data: (presence) => makeData({ type, data: utf8.view(), valueOffsets: ends.view(), ...presence }),
    clear() {
      utf8.clear();
      ends.clear();
      end();
    },
  };
}
