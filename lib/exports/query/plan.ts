import { columnsOf } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { compile, type Plan, type QueryScope, rowsOf } from '#lib/exports/query/compile.ts';
import { pivotValuesSql } from '#lib/exports/query/pivot.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/** Compiles `query` with what has to be read for that first, of the same snapshot where `tx` is one. Throws like `compile`. */
export async function planQuery(
  { db }: Tx,
  query: Omit<Query, 'dataset'>,
  dataset: Dataset,
  scope: Omit<QueryScope, 'pivotValues'>,
): Promise<Plan> {
  if (!query.pivot) return compile(query, dataset, scope);
  const columnOf = columnsOf(dataset);
  const asked = pivotValuesSql(query.pivot, columnOf, () => rowsOf(query, dataset, columnOf, scope));
  const { rows } = await asked.execute(db);
  return compile(query, dataset, { ...scope, pivotValues: rows.map(({ value }) => value) });
}
