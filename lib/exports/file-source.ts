import type { Tx } from '#lib/db/transaction.ts';
import type { Content } from '#lib/exports/content.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { ExportFile, NamedSource } from '#lib/exports/files.ts';
import type { Table } from '#lib/exports/formats/contract.ts';
import {
  type DescribedRows,
  describeRows,
  originOf,
  type Remarks,
  type TableManifest,
} from '#lib/exports/manifest.ts';
import { partitioned } from '#lib/exports/partition.ts';
import { profileWithin } from '#lib/exports/profile-within.ts';
import type { Snapshot } from '#lib/exports/snapshot.ts';
import { tap } from '#lib/exports/tap.ts';
import { templateBytes } from '#lib/exports/template-file.ts';
import { distinctWarnings, type ExportWarning, newNotes } from '#lib/exports/warnings.ts';

/** A source of a run, and what its files say of themselves. */
export interface FileSource extends NamedSource {
  readonly described: DescribedRows;
  readonly origin: ReturnType<typeof originOf>;
  /** What else its file holds; how many rows that are is known once it has been read. */
  readonly tables: readonly TableManifest[];
  /** What should be known of its rows, to be asked for once its files have been read. */
  warnings(): Promise<readonly ExportWarning[]>;
}

interface Run {
  readonly view: ExportView;
  readonly snapshot: Snapshot;
  /** In milliseconds. */
  timeLeft(): number;
}

/** Prepares what the files of `content` are written with, `further` beside it. */
export function fileSource(
  tx: Tx,
  { view, snapshot, timeLeft }: Run,
  content: Content,
  further: readonly Content[],
): FileSource {
  const { suffix, source, query } = content;
  const described = describeRows(query, partitioned(source.columns, view.partitionBy).columns);
  const origin = originOf(view, snapshot, described);
  const tables = further.map(countedTable);
  const notes = newNotes();
  const gather = async () => {
    const found: ExportWarning[] = [];
    for (const { profiled, warnings } of [content, ...further]) {
      // As much again is left for what comes after.
      found.push(...(await profileWithin(tx, profiled, timeLeft() / 2)), ...warnings);
    }
    return [...found, ...notes.warnings()];
  };
  let gathered: Promise<readonly ExportWarning[]> | undefined;
  const context = fileContext({
    title: view.name,
    metadata: origin,
    further: tables.map(({ table }) => table),
    note: notes.note,
    open: (upload) => templateBytes(tx, upload),
  });
  const warnings = () => {
    gathered ??= gather();
    return gathered;
  };
  const manifests = tables.map(({ manifest }) => manifest);
  return { suffix, source, context, described, origin, tables: manifests, warnings };
}

function countedTable({ suffix: name, source, query }: Content): { table: Table; manifest: TableManifest } {
  const { columns } = source;
  const manifest = { name, ...describeRows(query, columns), rows: 0 };
  const counted = async function* () {
    yield* tap(source.rows(), (batch) => {
      manifest.rows += batch.length;
    });
  };
  return { manifest, table: { name, columns, rows: counted() } };
}

/** What is to be said of one file of a source, or of the archive that holds those of all, once it has been read. */
export async function remarksOf(
  source: FileSource,
  sources: readonly FileSource[],
  entries: ExportFile['entries'],
): Promise<Remarks> {
  if (entries.length === 0) return { tables: source.tables, warnings: await source.warnings() };
  const warnings: ExportWarning[] = [];
  for (const each of sources) warnings.push(...(await each.warnings()));
  return {
    tables: [...source.tables, ...tablesOf(source, sources, entries)],
    warnings: distinctWarnings(warnings),
  };
}

/** The further tables of an archive; what has become of rows is no table. */
function tablesOf(
  { origin }: FileSource,
  sources: readonly FileSource[],
  entries: ExportFile['entries'],
): TableManifest[] {
  if (origin.mode === 'diff') return [];
  return sources.slice(1).map(({ suffix: name, described }) => {
    const rows = entries.filter(({ suffix }) => suffix === name).reduce((sum, entry) => sum + entry.rows, 0);
    return { name, ...described, rows };
  });
}
