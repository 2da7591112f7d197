import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import type { CellText } from '#lib/core/columns.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { objectEncoder } from '#lib/core/json-object.ts';
import { estimateRows } from '#lib/datasets/estimate.ts';
import { columnView } from '#lib/datasets/view.ts';
import { asMember } from '#lib/db/as-member.ts';
import { checkDefinition } from '#lib/exports/check.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { durationWarnings } from '#lib/exports/duration.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { encode } from '#lib/exports/formats/registry.ts';
import { countNulls } from '#lib/exports/query/nulls.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { rowBatches } from '#lib/exports/row-path.ts';

const PREVIEW_ROWS = 20;

const outputColumn = columnView.omit({ name: true }).extend({ source: z.string(), header: z.string() });

/** What a run would give, from its first rows. */
export const exportPreview = z.object({
  columns: z.array(outputColumn).readonly(),
  rows: z.array(z.unknown()).readonly().meta({ description: 'The first rows as JSON writes them.' }),
  text: z.string().meta({
    description: 'What the file would begin with, before compression; a JSON file’s metadata left out.',
  }),
  estimatedRows: z.int().meta({ description: 'Counted up to 100,000, guessed beyond.' }),
  nullCounts: z.record(z.string(), z.int()).meta({
    description: 'Of each column that the filter compares: how many rows hold nothing there.',
  }),
  warnings: z.array(z.string()).readonly().meta({
    description: 'What a person should know before a run, in sentences.',
  }),
});
export type Preview = Readonly<z.infer<typeof exportPreview>>;

/** What a run of the definition would give, by the same query and the same encoder, from its first rows. */
export async function previewExport(session: Session, definition: ExportDefinition): Promise<Preview> {
  return asMember(session, async (tx) => {
    const { dataset, plan } = await checkDefinition(tx, session, definition);
    const limit = Math.min(PREVIEW_ROWS, definition.limit ?? PREVIEW_ROWS);
    const head = await planQuery(tx, { ...definition, limit }, dataset, session);
    const rows = (await Array.fromAsync(rowBatches(tx.client, head.select()))).flat();
    const object = objectEncoder(plan.columns, 'exact');
    const { total: estimatedRows } = await estimateRows(tx, plan);
    return {
      columns: plan.columns,
      rows: rows.map((row) => parseExactJson(object(row))),
      text: await textOf(definition, rows, plan.columns),
      estimatedRows,
      nullCounts: await countNulls(tx, definition, dataset, session),
      warnings: durationWarnings(estimatedRows, plan.columns.length, definition),
    };
  });
}

async function textOf(
  { format, name }: ExportDefinition,
  rows: readonly (readonly CellText[])[],
  columns: readonly OutputColumn[],
): Promise<string> {
  const batches = (async function* () {
    yield rows;
  })();
  const file = encode(format, { name, columns, rows: batches }, fileContext({ title: name }));
  return Buffer.concat(await Array.fromAsync(file)).toString();
}
