import type { Session } from '#lib/auth/session.ts';
import { refuse } from '#lib/datasets/lookup.ts';
import { allDatasets } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { createExport } from '#lib/exports/exports.ts';
import { checkChoices, exportFrom } from './check.ts';
import { missingColumns, neededColumns } from './needs.ts';
import type { FromTemplate } from './schema.ts';
import { findTemplate } from './template-view.ts';

/**
 * Saves an export that a template gives with what is chosen, like any other. Throws `not_found` for the template, and
 * `invalid` naming what was chosen wrongly, or the columns that the dataset lacks.
 */
export async function createFromTemplate(session: Session, chosen: FromTemplate): Promise<ExportView> {
  const definition = await asMember(session, async (tx) => {
    const template = await findTemplate(tx, chosen.template);
    checkChoices(template, chosen);
    const made = exportFrom(template, chosen, chosen);
    await requireColumns(tx, made);
    return made;
  });
  return createExport(session, definition);
}

async function requireColumns(tx: Tx, definition: ExportDefinition): Promise<void> {
  const datasets = await allDatasets(tx);
  const dataset = datasets.find(({ name }) => name === definition.dataset);
  // One that is not there is for the check of the export to refuse.
  if (!dataset) return;
  const missing = missingColumns(neededColumns(definition), dataset, datasets);
  if (missing.length === 0) return;
  const names = missing.map((name) => `"${name}"`).join(', ');
  refuse('dataset', `"${dataset.name}" lacks ${names}, which the template needs`);
}
