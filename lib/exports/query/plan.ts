import { allDatasets, type Dataset } from '#lib/datasets/registry.ts';
import { requireView, viewProblem } from '#lib/datasets/views.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { compile, type Plan, pivotValues, type RevisionWindow } from '#lib/exports/query/compile.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/** Compiles `query` with what has to be read for that first, of the same snapshot where `tx` is one. Throws like `compile`. */
export async function planQuery(
  tx: Tx,
  query: Omit<Query, 'dataset'>,
  dataset: Dataset,
  { workspaceId, window }: { readonly workspaceId: string; readonly window?: RevisionWindow | undefined },
): Promise<Plan> {
  await requireView(tx, dataset);
  const datasets = dataset.relations.length === 0 ? [] : await readable(tx, await allDatasets(tx));
  const scope = { workspaceId, window, datasets };
  if (!query.pivot) return compile(query, dataset, scope);
  const { rows } = await pivotValues(query, dataset, scope).execute(tx.db);
  return compile(query, dataset, { ...scope, pivotValues: rows.map(({ value }) => value) });
}

/** A relation to a view that is gone leads nowhere. */
async function readable(tx: Tx, datasets: readonly Dataset[]): Promise<Dataset[]> {
  const found: Dataset[] = [];
  for (const dataset of datasets) if (!(await viewProblem(tx, dataset))) found.push(dataset);
  return found;
}
