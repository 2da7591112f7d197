import { allDatasets, type Dataset } from '#lib/datasets/registry.ts';
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
  const datasets = dataset.relations.length === 0 ? [] : await allDatasets(tx);
  const scope = { workspaceId, window, datasets };
  if (!query.pivot) return compile(query, dataset, scope);
  const { rows } = await pivotValues(query, dataset, scope).execute(tx.db);
  return compile(query, dataset, { ...scope, pivotValues: rows.map(({ value }) => value) });
}
