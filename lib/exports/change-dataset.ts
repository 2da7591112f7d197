import type { Session } from '#lib/auth/session.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { updateDataset } from '#lib/datasets/datasets.ts';
import { theExports } from '#lib/datasets/quoted.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { DatasetPatch } from '#lib/datasets/schema.ts';
import type { DatasetView } from '#lib/datasets/view.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { selectExports, toView } from '#lib/exports/export-view.ts';
import { compile } from '#lib/exports/query/compile.ts';
import { asRead } from '#lib/exports/shape/as-read.ts';

/**
 * Changes a dataset as `updateDataset` does, but for relations along which exports find their columns: without them
 * the exports would fail. Throws `conflict` then, which names those exports.
 */
export function changeDataset(
  session: Session,
  name: string,
  patch: DatasetPatch,
  ifMatch?: string,
): Promise<DatasetView> {
  return updateDataset(session, name, patch, ifMatch, (tx, before, after) =>
    requireUnbroken(tx, session, before, after),
  );
}

async function requireUnbroken(
  tx: Tx,
  { workspaceId }: Session,
  before: readonly Dataset[],
  after: readonly Dataset[],
): Promise<void> {
  const exports = (await selectExports(tx).orderBy('name').execute()).map(toView);
  const broken = exports.filter((each) => !fits(each, after, workspaceId) && fits(each, before, workspaceId));
  if (broken.length === 0) return;
  const names = theExports(broken.map(({ name }) => name));
  throw new EntrepotError(
    'conflict',
    `The relations cannot be changed so: ${names} would no longer find every column. Change or delete what needs them first.`,
  );
}

/** Whether every table of an export finds its columns among such datasets. */
function fits(
  { tables = [], ...definition }: ExportDefinition,
  datasets: readonly Dataset[],
  workspaceId: string,
) {
  const { format } = definition;
  return [definition, ...tables.map((table) => ({ ...table, format }))].every((query) => {
    const dataset = datasets.find(({ name }) => name === query.dataset);
    if (!dataset) return false;
    try {
      // Whatever values a pivot finds: its columns are looked up all the same.
      compile(asRead(query, dataset), dataset, { workspaceId, datasets, pivotValues: [''] });
      return true;
    } catch (error) {
      if (isEntrepotError(error)) return false;
      throw error;
    }
  });
}
