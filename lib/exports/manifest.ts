import { VERSION } from '#lib/core/version.ts';
import { filterWords } from '#lib/datasets/filter-words.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import type { ExportFile } from '#lib/exports/files.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { querySchema } from '#lib/exports/query/schema.ts';
import type { Snapshot } from '#lib/exports/snapshot.ts';
import type { ExportWarning } from '#lib/exports/warnings.ts';

/** What a file holds and how it came about, as far as that is known before its first row. */
export function originOf(
  view: ExportView,
  { dataset, takenAt, window }: Snapshot,
  columns: readonly OutputColumn[],
) {
  return {
    export: { id: view.id, name: view.name },
    dataset: dataset.name,
    snapshotAt: takenAt,
    mode: view.mode,
    columns,
    rowsInWords: rowsInWords(view),
    ...asked(view),
    watermark: window ?? null,
    entrepot: VERSION,
  };
}

const { dataset: _dataset, columns: _columns, ...conditions } = querySchema.shape;

/** Everything that decides which rows there are; null where it was not asked for. */
function asked(view: ExportView): Record<keyof typeof conditions, unknown> {
  const parts = Object.keys(conditions) as (keyof typeof conditions)[];
  return Object.fromEntries(parts.map((part) => [part, view[part] ?? null])) as Record<
    keyof typeof conditions,
    unknown
  >;
}

function rowsInWords({ filter, expression, status, having, limit }: ExportView): string {
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
  { fileName, tally, entries }: Pick<ExportFile, 'fileName' | 'tally' | 'entries'>,
  also: { readonly tables: readonly TableManifest[]; readonly warnings: readonly ExportWarning[] },
) {
  return { fileName, ...tally, ...(entries.length > 0 && { entries }), ...origin, ...also };
}

/** A further table of the same file. */
export interface TableManifest {
  readonly name: string;
  readonly columns: readonly OutputColumn[];
  rows: number;
}

export type Manifest = ReturnType<typeof manifestOf>;
