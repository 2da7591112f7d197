import { createHash } from 'node:crypto';
import { brotli, gzip, zstd } from '#lib/exports/compression.ts';
import { canCopy } from '#lib/exports/copy-path.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { FileContext, RowBatches } from '#lib/exports/formats/contract.ts';
import { encode, formatOf } from '#lib/exports/formats/registry.ts';
import type { Source } from '#lib/exports/source.ts';
import { tap } from '#lib/exports/tap.ts';

/** How a file's bytes come to be. */
export type FileShape = Pick<ExportDefinition, 'format' | 'compression'>;

/** What is known of a file by the time its last byte has been read. */
export interface Tally {
  rows: number;
  bytes: number;
  sha256: string;
}

/** Nothing yet. */
export function newTally(): Tally {
  return { rows: 0, bytes: 0, sha256: '' };
}

/** The wrapping of a single file: no encoding of its transfer. */
const wrappings = {
  gzip: { wrap: gzip, extension: 'gz', mediaType: 'application/gzip' },
  brotli: { wrap: brotli, extension: 'br', mediaType: 'application/x-brotli' },
  zstd: { wrap: zstd, extension: 'zst', mediaType: 'application/zstd' },
};

/** Of one compression that wraps a file; undefined where there is none, or files go into an archive. */
function wrappingOf(compression: ExportDefinition['compression']) {
  return compression === 'none' || compression === 'zip' ? undefined : wrappings[compression];
}

/**
 * One file as it grows, counted into `tally`: `rows` is what has been written so far (by its line ends alone where
 * Postgres writes the file); at the end everything is exact.
 */
export async function* fileBytes(
  source: Source,
  { format, compression }: FileShape,
  context: FileContext,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  const { columns } = source;
  const copy = copyOf(source, format);
  const text = copy
    ? copied(copy.rows(), tally)
    : encode(format, { name: context.title, columns, rows: counted(source.rows(), tally) }, context);
  const wrapping = wrappingOf(compression);
  yield* tallied(wrapping ? wrapping.wrap(text) : text, tally);
}

/** The file as Postgres writes it by itself, and whether it keeps cells from running; undefined where it cannot. */
export function copyOf(
  source: Source,
  format: ExportDefinition['format'],
): { rows(): AsyncGenerator<Uint8Array, number>; guarded: boolean } | undefined {
  const copyCsv = source.copyCsv;
  if (!copyCsv || format.type !== 'csv' || !canCopy(format.options)) return undefined;
  return { rows: () => copyCsv(format.options), guarded: format.options.formulaGuard };
}

/** Counts and hashes the bytes of a file as they pass. */
export async function* tallied(bytes: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  yield* tap(bytes, (chunk) => {
    tally.bytes += chunk.length;
    hash.update(chunk);
  });
  tally.sha256 = hash.digest('hex');
}

/** The extension and media type of one file. */
export function fileKind({ format, compression }: FileShape): { extension: string; mediaType: string } {
  const { extension, mediaType: usual, mediaTypeOf } = formatOf(format);
  const mediaType = mediaTypeOf?.(format.options) ?? usual;
  const wrapping = wrappingOf(compression);
  return wrapping
    ? { extension: `${extension}.${wrapping.extension}`, mediaType: wrapping.mediaType }
    : { extension, mediaType };
}

async function* copied(file: AsyncGenerator<Uint8Array, number>, tally: Tally): AsyncGenerator<Uint8Array> {
  const count = async function* () {
    tally.rows = yield* file;
  };
  yield* tap(count(), (chunk) => {
    tally.rows += lineEndsIn(chunk);
  });
}

function counted(rows: RowBatches, tally: Tally): RowBatches {
  return tap(rows, (batch) => {
    tally.rows += batch.length;
  });
}

const LINE_FEED = 10;

function lineEndsIn(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
