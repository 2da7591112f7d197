import { estimateRows } from '#lib/datasets/estimate.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { furtherPlans } from '#lib/exports/check.ts';
import { diffLists, diffSources, noteChanges } from '#lib/exports/diff.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { copyOf } from '#lib/exports/file.ts';
import { formatOf } from '#lib/exports/formats/registry.ts';
import type { Profiled } from '#lib/exports/profile.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import type { Query } from '#lib/exports/query/schema.ts';
import { keptColumns } from '#lib/exports/shape/as-read.ts';
import { shapeOf, shapeSource } from '#lib/exports/shape/shaped-source.ts';
import type { Snapshot } from '#lib/exports/snapshot.ts';
import { planSource, type Source } from '#lib/exports/source.ts';
import type { ExportWarning } from '#lib/exports/warnings.ts';

/** Rows of a run under one query. */
export interface Content {
  /** The name of a further table, or of a change; empty of the export's own rows. */
  readonly suffix: string;
  readonly query: Query;
  readonly source: Source;
  /** The rows as they are looked through. */
  readonly profiled: Profiled;
  /** What was found while it was shaped. */
  readonly warnings: readonly ExportWarning[];
}

/** What a run's files hold. */
export interface RunContent {
  /** What makes files of their own: one at least. */
  readonly sources: readonly Content[];
  /** What goes into the same file as the first. */
  readonly further: readonly Content[];
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
  snapshot: Snapshot,
  view: ExportView,
  scope: Scope,
): Promise<RunContent> {
  if (view.mode === 'diff') return diffContent(tx, snapshot, view, scope);
  const { total } = await estimateRows(tx, snapshot.plan);
  const own = await plannedContent(tx, snapshot, view, { ...scope, view, suffix: '' });
  const others: Content[] = [];
  for (const { table, ...resolved } of await furtherPlans(tx, scope, view)) {
    others.push(await plannedContent(tx, resolved, table, { ...scope, view, suffix: table.name }));
  }
  return formatOf(view.format).holdsTables
    ? { sources: [own], further: others, total }
    : { sources: [own, ...others], further: [], total };
}

interface Resolved {
  readonly plan: Plan;
  readonly dataset: Dataset;
}

interface Within extends Pick<Scope, 'workspaceId'> {
  readonly view: ExportView;
  readonly suffix: string;
}

async function plannedContent(
  tx: Tx,
  { plan, dataset }: Resolved,
  query: Query,
  { workspaceId, view, suffix }: Within,
): Promise<Content> {
  const { format, personal, split, partitionBy } = view;
  const written = { ...query, format, personal, ...(suffix === '' && { partitionBy }) };
  const { warnings, ...shape } = await shapeOf(tx, plan, written, { workspaceId, dataset });
  const source = shapeSource(planSource(tx.client, plan), shape);
  const copied = split || partitionBy ? undefined : copyOf(source, format);
  const columns = plan.columns.slice(0, keptColumns(written));
  const looked = { columns, keyed: plan.keyed(), name: plan.name, limit: query.limit, personal };
  return { suffix, query, source, warnings, profiled: { ...looked, guarded: copied?.guarded ?? false } };
}

async function diffContent(
  tx: Tx,
  { plan, dataset }: Resolved,
  view: ExportView,
  { workspaceId, token }: Scope,
): Promise<RunContent> {
  const diff = { exportId: view.id, datasetId: dataset.id, workspaceId, token, plan };
  const total = await noteChanges(tx, diff);
  const { warnings, ...shape } = await shapeOf(tx, plan, view, { workspaceId, dataset }, diffLists(diff));
  const columns = plan.columns.slice(0, keptColumns(view));
  const looked = { columns, name: plan.name, personal: view.personal, guarded: false };
  const sources = diffSources(tx, diff, view.changesAs).map(({ suffix, source, keyed }) => {
    return {
      suffix,
      query: view,
      source: shapeSource(source, shape),
      warnings,
      profiled: { ...looked, keyed },
    };
  });
  return { sources, further: [], total };
}
