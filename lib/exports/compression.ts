import { pipeline, Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import { constants, crc32, createBrotliCompress, createZstdCompress, deflateRaw } from 'node:zlib';

const deflate = promisify<Uint8Array, { level: number; finishFlush: number }, Buffer>(deflateRaw);

/** Larger blocks compress no better; smaller ones cost size, because each starts without a history. */
const BLOCK_BYTES = 512 * 1024;
/** Compressed at a time on zlib's threads, while the next block is still being written. */
const BLOCKS_AT_ONCE = 4;

const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const EMPTY_LAST_BLOCK = Buffer.from([3, 0]);

/**
 * gzip of one member (RFC 1952), the same bytes for the same input however it is chunked: blocks are deflated
 * side by side and joined at byte boundaries, as pigz does. Holds at most a few blocks.
 */
export async function* gzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  let length = 0;
  const pending: Promise<Buffer>[] = [];
  yield HEADER;
  for await (const block of blocks(source)) {
    checksum = crc32(block, checksum);
    length += block.length;
    pending.push(deflate(block, { level: 6, finishFlush: constants.Z_SYNC_FLUSH }));
    if (pending.length === BLOCKS_AT_ONCE) yield (await pending.shift()) as Buffer;
  }
  for (const block of pending) yield await block;
  yield Buffer.concat([EMPTY_LAST_BLOCK, trailer(checksum, length)]);
}

/** The buffers take turns: by the time one is filled anew, its deflating has been awaited. */
async function* blocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const buffers = Array.from({ length: BLOCKS_AT_ONCE }, () => Buffer.allocUnsafe(BLOCK_BYTES));
  let turn = 0;
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      const block = buffers[turn] as Buffer;
      const part = chunk.subarray(at, at + BLOCK_BYTES - filled);
      block.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < BLOCK_BYTES) continue;
      yield block;
      turn = (turn + 1) % BLOCKS_AT_ONCE;
      filled = 0;
    }
  }
  if (filled > 0) yield (buffers[turn] as Buffer).subarray(0, filled);
}

function trailer(checksum: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(checksum >>> 0, 0);
  bytes.writeUInt32LE(length % 2 ** 32, 4);
  return bytes;
}

/** Brotli (RFC 7932) at quality 4: about the size of gzip in two thirds of its time. */
export function brotli(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return through(source, createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }));
}

/** Zstandard (RFC 8878) at level 3: about the size of gzip in a third of its time. */
export function zstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return through(source, createZstdCompress());
}

/** No faster than it is read; an error of the source is thrown, and a reader that stops early ends it. */
async function* through(source: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Uint8Array> {
  const input = Readable.from(source, { objectMode: false });
  // The reader of `transform` is thrown what fails; the callback has nothing to add.
  pipeline(input, transform, () => undefined);
  yield* transform;
}
