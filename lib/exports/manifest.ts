import { VERSION } from '#lib/core/version.ts';
import { filterWords } from '#lib/datasets/filter-words.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import type { ExportFile } from '#lib/exports/files.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { type Query, querySchema } from '#lib/exports/query/schema.ts';
import type { Snapshot } from '#lib/exports/snapshot.ts';
import type { ExportWarning } from '#lib/exports/warnings.ts';

/** What a file holds and how it came about, as far as that is known before its first row. */
export function originOf(view: ExportView, { takenAt, window }: Snapshot, rows: DescribedRows) {
  return {
    export: { id: view.id, name: view.name },
    snapshotAt: takenAt,
    mode: view.mode,
    ...rows,
    watermark: window ?? null,
    entrepot: VERSION,
  };
}

const { dataset: _dataset, columns: _columns, ...conditions } = querySchema.shape;

type Conditions = Record<keyof typeof conditions, unknown>;

/** Everything that decides which rows there are, null where it was not asked for, and the columns of a file. */
export type DescribedRows = ReturnType<typeof describeRows>;

/** Describes the rows of a query, of which a file has these columns. */
export function describeRows(query: Query, columns: readonly OutputColumn[]) {
  const parts = Object.keys(conditions) as (keyof Conditions)[];
  const asked = Object.fromEntries(parts.map((part) => [part, query[part] ?? null])) as Conditions;
  return { dataset: query.dataset, columns, rowsInWords: rowsInWords(query), ...asked };
}

function rowsInWords({ filter, expression, status, having, limit }: Query): string {
  const words = [
    ...(status ? [status.join(' or ')] : []),
    ...(filter ? [filterWords(filter)] : []),
    ...(expression === undefined ? [] : [expression]),
    ...(having ? [`groups where ${filterWords(having)}`] : []),
  ];
  const rows = words.length === 0 ? 'All rows' : words.join(', and ');
  return limit === undefined ? rows : `${rows}; the first ${limit}`;
}

/** Stored beside a file, or inside an archive, so that whoever has both can tell whether it is whole. */
export function manifestOf(
  origin: ReturnType<typeof originOf>,
  { fileName, tally, entries: all }: Pick<ExportFile, 'fileName' | 'tally' | 'entries'>,
  also: Remarks,
) {
  const entries = withoutSuffixes(all);
  return { fileName, ...tally, ...(entries.length > 0 && { entries }), ...origin, ...also };
}

/** The same as an archive carries it of itself, which cannot say how many bytes it is. */
export function archiveManifestOf(
  origin: ReturnType<typeof originOf>,
  { rows, entries }: { readonly rows: number; readonly entries: ExportFile['entries'] },
  also: Remarks,
) {
  return { rows, entries: withoutSuffixes(entries), ...origin, ...also };
}

function withoutSuffixes(entries: ExportFile['entries']) {
  return entries.map(({ suffix: _, ...entry }) => entry);
}

/** What is known of a file beside its origin once it has been read. */
export interface Remarks {
  readonly tables: readonly TableManifest[];
  readonly warnings: readonly ExportWarning[];
}

/** A further table of the same file, or of the same archive. */
export interface TableManifest extends DescribedRows {
  readonly name: string;
  readonly rows: number;
}

export type Manifest = ReturnType<typeof manifestOf>;
