import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { refuse } from '#lib/datasets/lookup.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { formatOf } from '#lib/exports/formats/registry.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { asRead, keptColumns } from '#lib/exports/shape/as-read.ts';
import { compileShape } from '#lib/exports/shape/shape.ts';

/** Resolves a definition against its dataset as it is now; throws `invalid`, naming the place that does not fit. */
export async function checkDefinition(
  tx: Tx,
  { workspaceId }: { readonly workspaceId: string },
  definition: ExportDefinition,
): Promise<{ dataset: Dataset; plan: Plan }> {
  const dataset = await findExportable(tx, definition.dataset);
  const plan = await planQuery(tx, asRead(definition, dataset), dataset, { workspaceId });
  if (definition.mode === 'incremental' && !plan.isTracked) {
    refuse(
      'mode',
      'groups, related rows and views have no revision: choose "full", or "diff" for what changed',
    );
  }
  await furtherPlans(tx, { workspaceId }, definition);
  const kept = keptColumns(definition) ?? plan.columns.length;
  const { columns } = compileShape(plan.columns, definition, { workspaceId, known: dataset.columns, kept });
  formatOf(definition.format).check?.(columns, definition.format.options);
  return { dataset, plan };
}

/** A further table of a definition, resolved. */
interface FurtherPlan {
  readonly table: NonNullable<ExportDefinition['tables']>[number];
  readonly dataset: Dataset;
  readonly plan: Plan;
}

/** The further tables of a definition, resolved; throws like `checkDefinition`. */
export async function furtherPlans(
  tx: Tx,
  { workspaceId }: { readonly workspaceId: string },
  { tables = [], format }: Pick<ExportDefinition, 'tables' | 'format'>,
): Promise<FurtherPlan[]> {
  const plans: FurtherPlan[] = [];
  for (const [place, table] of tables.entries()) {
    const resolved = await within(`tables.${place}`, async () => {
      const dataset = await findExportable(tx, table.dataset);
      return {
        dataset,
        plan: await planQuery(tx, asRead({ ...table, format }, dataset), dataset, { workspaceId }),
      };
    });
    plans.push({ table, ...resolved });
  }
  return plans;
}

/** The place of what does not fit is below `path`. */
async function within<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isEntrepotError(cause) || !cause.fields) throw cause;
    const fields = Object.fromEntries(
      Object.entries(cause.fields).map(([field, problem]) => [`${path}.${field}`, problem]),
    );
    throw new EntrepotError('invalid', cause.message, { cause, fields });
  }
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
