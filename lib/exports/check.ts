import { EntrepotError } from '#lib/core/errors.ts';
import { refuse } from '#lib/datasets/lookup.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { inPartitions } from '#lib/exports/partition.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { planQuery } from '#lib/exports/query/plan.ts';

/** Resolves a definition against its dataset as it is now; throws `invalid`, naming the place that does not fit. */
export async function checkDefinition(
  tx: Tx,
  { workspaceId }: { readonly workspaceId: string },
  definition: ExportDefinition,
): Promise<{ dataset: Dataset; plan: Plan }> {
  const dataset = await findExportable(tx, definition.dataset);
  const plan = await planQuery(tx, inPartitions(definition), dataset, { workspaceId });
  if (definition.mode === 'incremental' && !plan.isTracked) {
    refuse(
      'mode',
      'groups, related rows and views have no revision: choose "full", or "diff" for what changed',
    );
  }
  return { dataset, plan };
}

/** To whoever defines an export, a dataset that is not there is a wrong value, not a wrong address. */
async function findExportable(tx: Tx, name: string): Promise<Dataset> {
  try {
    return await findDataset(tx, name);
  } catch (cause) {
    const problem = `there is no dataset named "${name}"`;
    throw new EntrepotError('invalid', `The export needs a dataset, and ${problem}.`, {
      cause,
      fields: { dataset: problem },
    });
  }
}
