import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { CellText, Column } from '#lib/core/columns.ts';

/** Five columns of real flights, and seven derived from them so that every type and every nuisance is there. */
export const columns: readonly Column[] = [
  { name: 'flight_no', type: 'text' },
  { name: 'departed', type: 'timestamp' },
  { name: 'day', type: 'date' },
  { name: 'origin', type: 'text' },
  { name: 'destination', type: 'text' },
  { name: 'route', type: 'text' },
  { name: 'delay', type: 'integer' },
  { name: 'distance', type: 'integer' },
  { name: 'fare', type: 'decimal' },
  { name: 'late', type: 'boolean' },
  { name: 'note', type: 'text' },
  { name: 'details', type: 'json' },
];
export const key = ['flight_no'];

interface Flight {
  readonly date: Date;
  readonly delay: bigint;
  readonly distance: bigint;
  readonly origin: string;
  readonly destination: string;
}

const file = join(import.meta.dirname, '../../node_modules/vega-datasets/data/flights-3m.parquet');
const compressors = { ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes) };
const BATCH_ROWS = 50_000;

/** The first `count` flights as rows of `columns`, in the order of their key; after the last, the first come again. */
export async function* flights(count: number): AsyncGenerator<readonly CellText[]> {
  const source = await asyncBufferFromFile(file);
  const there = Number((await parquetMetadataAsync(source)).num_rows);
  for (let place = 0; place < count; ) {
    const rowStart = place % there;
    const rowEnd = Math.min(rowStart + BATCH_ROWS, rowStart + count - place, there);
    const read = await parquetReadObjects({ file: source, compressors, rowStart, rowEnd });
    for (const flight of read as unknown as Flight[]) yield rowOf(flight, place++);
  }
}

function rowOf({ date, delay, distance, origin, destination }: Flight, place: number): readonly CellText[] {
  const departed = date.toISOString();
  return [
    String(place).padStart(8, '0'),
    departed.replace('.000Z', 'Z'),
    departed.slice(0, 10),
    origin,
    destination,
    `${origin} → ${destination}${place % 4 === 0 ? ', "direct" ✈️' : ''}`,
    String(delay),
    String(distance),
    (Number(distance) * 0.11 + 39).toFixed(2),
    String(delay > 15n),
    noteOn(Number(delay), place),
    `{"stops": ${place % 3}, "cabin": "economy"}`,
  ];
}

function noteOn(delay: number, place: number): CellText {
  if (place % 3 === 0) return null;
  if (place % 100 === 1) return '';
  return delay < 0 ? `-${-delay} min, early` : `arrived ${delay} min late`;
}
