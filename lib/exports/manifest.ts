import { VERSION } from '#lib/core/version.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import type { ExportFile } from '#lib/exports/files.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
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
    filter: view.filter ?? null,
    sort: view.sort,
    limit: view.limit ?? null,
    watermark: window ?? null,
    entrepot: VERSION,
  };
}

/** Stored beside a file, or inside an archive, so that whoever has both can tell whether it is whole. */
export function manifestOf(
  origin: ReturnType<typeof originOf>,
  { fileName, tally, entries }: Pick<ExportFile, 'fileName' | 'tally' | 'entries'>,
  warnings: readonly ExportWarning[],
) {
  return { fileName, ...tally, ...(entries.length > 0 && { entries }), ...origin, warnings };
}

export type Manifest = ReturnType<typeof manifestOf>;
