import type { Column } from './column.ts';
import { MAGIC } from './row-group.ts';
import { i32, i64, numberIn, type Struct, struct, structs, structsIn, text, writeStruct } from './thrift.ts';

interface Contents {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Each as its bytes. */
  readonly groups: readonly Uint8Array[];
  readonly pairs: Readonly<Record<string, string>>;
}

const CONVERTED_TYPE = 6;
const LOGICAL_TYPE = 10;
const CONVERTED_JSON = 19;
const LOGICAL_JSON = 12;

/**
 * The end of a file: its FileMetaData, the schema being that of `group`, a file of one group of its rows; how long
 * that is, and the last four bytes. https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function fileMetadata(group: Struct, { columns, rows, groups, pairs }: Contents): Uint8Array {
  const metadata = new Map(group)
    .set(2, structs(schemaOf(group, columns)))
    .set(3, i64(rows))
    .set(4, structs(groups))
    .set(5, structs(Object.entries(pairs).map(pair)));
  const bytes = writeStruct(metadata);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([bytes, length, MAGIC]);
}

function pair([name, value]: readonly [string, string]): Struct {
  return new Map([
    [1, text(name)],
    [2, text(value)],
  ]);
}

/** The elements of the schema, those of JSON marked as such: each column's own, and after it those within it. */
function schemaOf(group: Struct, columns: readonly Column[]): Struct[] {
  const elements = structsIn(group, 2);
  let at = 1;
  for (const { isJson } of columns) {
    if (isJson) {
      elements[at]?.set(CONVERTED_TYPE, i32(CONVERTED_JSON));
      elements[at]?.set(LOGICAL_TYPE, struct([[LOGICAL_JSON, struct([])]]));
    }
    at += sizeOf(elements, at);
  }
  return elements;
}

/** How many elements the one at that place is, with those within it. */
function sizeOf(elements: readonly Struct[], at: number): number {
  const children = numberIn(elements[at] ?? new Map(), 5) ?? 0;
  let size = 1;
  for (let child = 0; child < children; child += 1) size += sizeOf(elements, at + size);
  return size;
}
