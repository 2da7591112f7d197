import { makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct as StructType } from 'apache-arrow';
import { Compression, EnabledStatistics, Table, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm';
import type { Column } from './column.ts';
import type { ParquetOptions } from './options.ts';
import { i64, numberIn, readStruct, type Struct, structIn, structsIn } from './thrift.ts';

/** A file that holds nothing but the present group of rows. */
export interface GroupFile {
  /** The pages of its columns, as they follow the first four bytes. */
  readonly pages: Uint8Array;
  /** Its FileMetaData. https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
  readonly footer: Struct;
}

const codecs = {
  snappy: Compression.SNAPPY,
  gzip: Compression.GZIP,
  brotli: Compression.BROTLI,
  // The other LZ4 is framed as Hadoop does it, which most readers refuse.
  lz4: Compression.LZ4_RAW,
  zstd: Compression.ZSTD,
  none: Compression.UNCOMPRESSED,
} satisfies Record<ParquetOptions['compression'], Compression>;

/** How a file begins, and ends. */
export const MAGIC = Buffer.from('PAR1');
/** At the end: the length of the footer, and `MAGIC`. */
const TAIL_BYTES = 8;

/** Writes the columns' cells. None of them may be empty-handed while another is not. */
export function writeGroup(columns: readonly Column[], options: ParquetOptions): GroupFile {
  const file = writeParquet(Table.fromIPCStream(arrowOf(columns)), properties(options));
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = file.length - TAIL_BYTES;
  const start = end - view.getUint32(end, true);
  const footer = readStruct(file.subarray(start, end));
  return { footer, pages: file.subarray(MAGIC.length, endOfPages(footer)) };
}

/** The writer looks only between two batches whether a page is full; a multiple of eight keeps their bits in place. */
const BATCH_ROWS = 1_000;

function arrowOf(columns: readonly Column[]): Uint8Array {
  const children = columns.map((column) => column.data());
  const fields = columns.map(({ field }) => field);
  const length = children[0]?.length ?? 0;
  const data = makeData({ type: new StructType(fields), length, nullCount: 0, children });
  const rows = new RecordBatch(new Schema(fields), data);
  const count = Math.max(1, Math.ceil(length / BATCH_ROWS));
  const batches = Array.from({ length: count }, (_, place) =>
    rows.slice(place * BATCH_ROWS, (place + 1) * BATCH_ROWS),
  );
  return RecordBatchStreamWriter.writeAll(batches).toUint8Array(true);
}

function properties({ compression, pageSize, rowGroupSize }: ParquetOptions) {
  return new WriterPropertiesBuilder()
    .setCompression(codecs[compression])
    .setDataPageSizeLimit(pageSize)
    .setMaxRowGroupSize(rowGroupSize)
    .setStatisticsEnabled(EnabledStatistics.Chunk)
    .build();
}

function chunksIn(footer: Struct): { chunk: Struct; meta: Struct }[] {
  const groups = structsIn(footer, 4);
  return groups.flatMap((group) => structsIn(group, 1).map((chunk) => ({ chunk, meta: structIn(chunk, 3) })));
}

function endOfPages(footer: Struct): number {
  const ends = chunksIn(footer).map(({ meta }) => {
    const start = numberIn(meta, 11) ?? numberIn(meta, 9) ?? 0;
    return start + (numberIn(meta, 7) ?? 0);
  });
  return Math.max(MAGIC.length, ...ends);
}

/** The groups of rows in a footer, each as it is where its pages stand `shift` bytes further on in a file. */
export function shiftedGroups(footer: Struct, shift: number): Struct[] {
  for (const { chunk, meta } of chunksIn(footer)) {
    // Indexes of pages, which stay behind.
    for (const id of [4, 5, 6, 7]) chunk.delete(id);
    // Where its pages begin: those of data, of an index, of the dictionary.
    for (const id of [9, 10, 11]) move(meta, id, shift);
    move(chunk, 2, shift);
  }
  const groups = structsIn(footer, 4);
  for (const group of groups) {
    move(group, 5, shift);
    group.delete(7);
  }
  return groups;
}

function move(fields: Struct, id: number, shift: number): void {
  const place = numberIn(fields, id);
  // Zero says that there is none.
  if (place) fields.set(id, i64(place + shift));
}
