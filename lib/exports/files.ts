import type { CellText } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { zip } from '#lib/core/zip.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { type FileShape, fileBytes, fileKind, newTally, type Tally, tallied } from '#lib/exports/file.ts';
import type { FileContext, OutputColumn, RowBatches } from '#lib/exports/formats/contract.ts';
import { formatOf } from '#lib/exports/formats/registry.ts';
import { partSize } from '#lib/exports/part-size.ts';
import { partitioned } from '#lib/exports/partition.ts';
import { cutParts } from '#lib/exports/parts.ts';
import { slug } from '#lib/exports/slug.ts';
import type { Source } from '#lib/exports/source.ts';

/** More of one run are refused: each object takes a few calls, and a partition by that many values is a mistake. */
const MAX_OBJECTS = 100;
const MAX_ENTRIES = 10_000;
/** In bytes; what file systems take. */
const MAX_FOLDER_NAME = 255;
/** The name that Hive, and whoever reads its folders, gives to rows without a value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__';

/** A file of an export, or of its archive, not yet read; `tally` is exact once its last byte has been. */
export interface ExportFile {
  /** Of the source whose rows it holds; of an archive, of the first. */
  readonly suffix: string;
  /** ASCII; folders, where rows are partitioned, by slashes. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly tally: Tally;
  readonly bytes: AsyncGenerator<Uint8Array>;
  /** What an archive has been found to hold by the time it has been read; empty for any other file. */
  readonly entries: readonly ArchiveEntry[];
}

/** A file of an archive; `suffix` is that of its source. */
type ArchiveEntry = { readonly path: string; readonly suffix: string } & Tally;

/** Rows that make files of their own: their name ends with `suffix`. */
export interface NamedSource {
  readonly suffix: string;
  readonly source: Source;
  readonly context: FileContext;
}

type Shape = FileShape & Pick<ExportDefinition, 'split' | 'partitionBy'>;

interface Naming {
  /** What the files' names begin with. */
  readonly base: string;
  readonly madeAt: Date;
  /** The document that an archive carries of itself, asked for once everything else is in it. */
  manifest(entries: ExportFile['entries'], rows: number): Promise<Uint8Array>;
}

/**
 * The files of an export, one after another, or the one archive that holds them: each to be read to its end before
 * the next is asked for. Memory grows with neither rows nor bytes.
 */
export async function* exportFiles(
  sources: readonly NamedSource[],
  shape: Shape,
  naming: Naming,
): AsyncGenerator<ExportFile> {
  const files = allFiles(sources, shape, naming.base);
  if (shape.compression === 'zip')
    yield { ...archived(files, shape, naming), suffix: sources[0]?.suffix ?? '' };
  else yield* files;
}

function archived(
  files: AsyncIterable<ExportFile>,
  { format }: Shape,
  naming: Naming,
): Omit<ExportFile, 'suffix'> {
  const entries: ArchiveEntry[] = [];
  const tally = newTally();
  const content = async function* () {
    for await (const { fileName, suffix, bytes, tally: ofFile } of files) {
      yield { path: fileName, bytes, compress: !formatOf(format).compressed };
      entries.push({ path: fileName, suffix, ...ofFile });
      tally.rows += ofFile.rows;
    }
    yield { path: 'manifest.json', bytes: once(await naming.manifest(entries, tally.rows)) };
  };
  const bytes = tallied(zip(content(), naming), tally);
  return { fileName: `${naming.base}.zip`, mediaType: 'application/zip', tally, bytes, entries };
}

async function* allFiles(
  sources: readonly NamedSource[],
  shape: Shape,
  base: string,
): AsyncGenerator<ExportFile> {
  const most = shape.compression === 'zip' ? MAX_ENTRIES : MAX_OBJECTS;
  let count = 0;
  for (const source of sources) {
    for await (const file of filesOf(source, shape, base)) {
      if (++count > most) throw tooManyFiles(most);
      yield file;
    }
  }
}

async function* filesOf(
  { suffix, source, context }: NamedSource,
  shape: Shape,
  base: string,
): AsyncGenerator<ExportFile> {
  const name = suffix === '' ? base : `${base}-${slug(suffix)}`;
  const { extension, mediaType } = fileKind(shape);
  const open = (content: Source, fileName: string, tally: Tally): ExportFile => ({
    suffix,
    fileName: `${fileName}.${extension}`,
    mediaType,
    tally,
    bytes: fileBytes(content, shape, context, tally),
    entries: [],
  });
  if (!shape.split && !shape.partitionBy) return yield open(source, name, newTally());
  const size = partSize(shape.split);
  const { folders, columns, pick } = partitioned(source.columns, shape.partitionBy);
  const sharing = (row: readonly CellText[]) =>
    folders.map((at) => folderName(source.columns[at] as OutputColumn, row[at] ?? null)).join('');
  const parts = cutParts(size.weighed(source.rows()), { sharing, ...size });
  let number = 0;
  for await (const part of parts) {
    // Numbered in a folder of its own too: where case is not told apart, or rows of a folder come apart, none is lost.
    const place = String(++number).padStart(4, '0');
    const tally = newTally();
    size.begin(tally);
    const rows = () => picked(part.rows, pick);
    yield open({ columns, rows }, `${part.shared}${name}-${place}`, tally);
    size.check(tally);
  }
}

async function* picked(
  rows: RowBatches,
  pick: (row: readonly CellText[]) => readonly CellText[],
): RowBatches {
  for await (const batch of rows) yield batch.map(pick);
}

/** As Hive names the folder of a value, and DuckDB and Spark read it: one for all writings of a number. */
function folderName({ source, type }: OutputColumn, cell: CellText): string {
  const value = type === 'decimal' && cell?.includes('.') ? cell.replace(/\.?0+$/, '') : cell;
  const name = `${encoded(source)}=${value === null ? NO_VALUE : encoded(value)}`;
  if (name.length > MAX_FOLDER_NAME) throw tooLong(source);
  return `${name}/`;
}

/** Past letters and digits by its bytes' codes. */
function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function tooLong(column: string): EntrepotError {
  return new EntrepotError(
    'invalid',
    `A value of “${column}” is too long to name a folder: partition by a column of shorter values.`,
  );
}

function tooManyFiles(most: number): EntrepotError {
  const way = most === MAX_OBJECTS ? `put them into a ZIP archive, which holds ${MAX_ENTRIES}, ` : '';
  return new EntrepotError(
    'invalid',
    `The export would make more than ${most} files: ${way}partition by columns of fewer values, or split into larger files.`,
  );
}
