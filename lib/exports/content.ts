import { estimateRows } from '#lib/datasets/estimate.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { furtherPlans } from '#lib/exports/check.ts';
import { diffSources, noteChanges } from '#lib/exports/diff.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import type { NamedSource } from '#lib/exports/files.ts';
import type { Table } from '#lib/exports/formats/contract.ts';
import { formatOf } from '#lib/exports/formats/registry.ts';
import type { TableManifest } from '#lib/exports/manifest.ts';
import { shapeOf, shapeSource } from '#lib/exports/shape/shaped-source.ts';
import type { Snapshot } from '#lib/exports/snapshot.ts';
import { planSource } from '#lib/exports/source.ts';
import { tap } from '#lib/exports/tap.ts';
import type { ExportWarning } from '#lib/exports/warnings.ts';

/** What a run's files hold. */
export interface Content {
  /** What makes files of their own. */
  readonly sources: readonly NamedSource[];
  /** What goes into the same file. */
  readonly further: readonly Table[];
  /** What `further` has been found to hold once it has been read. */
  readonly tables: readonly TableManifest[];
  readonly warnings: readonly ExportWarning[];
  /** How many rows the first source gives, as far as that is known. */
  readonly total: number;
}

interface Scope {
  readonly workspaceId: string;
  /** Names the try of a run that reads it. */
  readonly token: string;
}

/** Resolves what the files hold, within the snapshot; a diff notes there what it has found. */
export async function contentOf(
  tx: Tx,
  { plan, dataset }: Snapshot,
  view: ExportView,
  { workspaceId, token }: Scope,
): Promise<Content> {
  const shape = await shapeOf(tx, plan, view, { workspaceId, dataset });
  const alone = { further: [], tables: [], warnings: shape.warnings };
  if (view.mode === 'diff') {
    const diff = { exportId: view.id, datasetId: dataset.id, workspaceId, token, plan };
    const total = await noteChanges(tx, diff);
    const sources = diffSources(tx, diff, view.changesAs).map(({ suffix, source }) => {
      return { suffix, source: shapeSource(source, shape) };
    });
    return { ...alone, sources, total };
  }
  const { total } = await estimateRows(tx, plan);
  const own = { suffix: '', source: shapeSource(planSource(tx.client, plan), shape) };
  const others = await furtherSources(tx, view, { workspaceId });
  if (!formatOf(view.format).holdsTables) return { ...alone, sources: [own, ...others], total };
  const counted = others.map(countedTable);
  return {
    ...alone,
    sources: [own],
    further: counted.map(({ table }) => table),
    tables: counted.map(({ manifest }) => manifest),
    total,
  };
}

async function furtherSources(
  tx: Tx,
  view: ExportView,
  scope: Pick<Scope, 'workspaceId'>,
): Promise<NamedSource[]> {
  const sources: NamedSource[] = [];
  for (const { table, dataset, plan } of await furtherPlans(tx, scope, view)) {
    const { format, personal } = view;
    const shape = await shapeOf(tx, plan, { ...table, format, personal }, { ...scope, dataset });
    sources.push({ suffix: table.name, source: shapeSource(planSource(tx.client, plan), shape) });
  }
  return sources;
}

function countedTable({ suffix: name, source: { columns, rows } }: NamedSource) {
  const manifest = { name, columns, rows: 0 };
  const counted = async function* () {
    yield* tap(rows(), (batch) => {
      manifest.rows += batch.length;
    });
  };
  return { manifest, table: { name, columns, rows: counted() } };
}
