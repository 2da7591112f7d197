import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { objectEncoder } from '#lib/core/json-object.ts';
import { estimateRows } from '#lib/datasets/estimate.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { columnView } from '#lib/datasets/view.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { checkDefinition } from '#lib/exports/check.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { durationWarnings } from '#lib/exports/duration.ts';
import { type ExportView, findExport } from '#lib/exports/export-view.ts';
import { fileBytes, newTally } from '#lib/exports/file.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { FileContext } from '#lib/exports/formats/contract.ts';
import { formatOf } from '#lib/exports/formats/registry.ts';
import { sheetCapacity } from '#lib/exports/formats/xlsx/data-sheet.ts';
import type { RevisionWindow } from '#lib/exports/query/compile.ts';
import { countNulls } from '#lib/exports/query/nulls.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { previewProblem } from '#lib/exports/query-problems.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import { type Sample, sampleOf } from '#lib/exports/sample.ts';
import { asRead } from '#lib/exports/shape/as-read.ts';
import { shapeOf } from '#lib/exports/shape/shaped-source.ts';
import { templateBytes } from '#lib/exports/template-file.ts';
import { newNotes } from '#lib/exports/warnings.ts';
import { deliversTheSame, windowOf } from '#lib/exports/watermark.ts';

const PREVIEW_ROWS = 20;
/** From so many a file’s size is guessed, and its warnings are gathered. */
const SAMPLE_ROWS = 1_000;

const outputColumn = columnView.omit({ name: true }).extend({
  source: z.string(),
  header: z.string(),
  repeatedFor: z.string().exactOptional().meta({
    description: 'Its numbers stand once for each row along this relation, and are not added up in a file.',
  }),
  masked: z.boolean().exactOptional().meta({ description: 'Its cells are hidden behind a mask or a hash.' }),
  inert: z.boolean().exactOptional().meta({ description: 'Its texts are amounts, and run as no formula.' }),
});

/** What a run would give, from its first rows. */
export const exportPreview = z.object({
  columns: z.array(outputColumn).readonly(),
  rows: z.array(z.unknown()).readonly().meta({ description: 'The first rows as JSON writes them.' }),
  text: z.string().nullable().meta({
    description:
      'What the file would begin with, before compression, its metadata left out; null for formats that are no text.',
  }),
  estimatedRows: z.int().meta({ description: 'Counted up to 100,000, guessed beyond.' }),
  estimatedBytes: z.int().meta({
    description: 'How large the file will be, guessed from its first 1,000 rows.',
  }),
  nullCounts: z.record(z.string(), z.int()).meta({
    description: 'Of each column that the filter compares: how many rows hold nothing there.',
  }),
  warnings: z.array(z.string()).readonly().meta({
    description: 'What a person should know before a run, in sentences.',
  }),
});
export type Preview = Readonly<z.infer<typeof exportPreview>>;

/**
 * What a run of the definition would give, by the same query and the same encoder, from its first rows: the next run of
 * the export `savedAs`, or without one the first of all. For those who could save it: it shows what the definition
 * would, personal data too. Throws `not_found` where there is no such export.
 */
export async function previewExport(
  session: Session,
  definition: ExportDefinition,
  savedAs?: string,
): Promise<Preview> {
  const { window, ...preview } = await lookAhead(session, definition, savedAs);
  return { ...preview, warnings: [...deliveryWarnings(definition, window), ...preview.warnings] };
}

/** What a person should know before the next run of an export, in sentences. */
export async function runWarnings(session: Session, view: ExportView): Promise<readonly string[]> {
  return (await lookAhead(session, view, view.id)).warnings;
}

interface LookedAhead extends Preview {
  /** What the run brings alone; undefined of any but an incremental export that has delivered. */
  readonly window: RevisionWindow | undefined;
}

async function lookAhead(
  session: Session,
  definition: ExportDefinition,
  savedAs: string | undefined,
): Promise<LookedAhead> {
  requireRole(session, 'editor');
  const found = asMember(session, async (tx) => {
    const { dataset, plan: first } = await checkDefinition(tx, session, definition);
    const window = await nextWindow(tx, savedAs, definition, dataset);
    const scope = { workspaceId: session.workspaceId, window };
    const asked = asRead(definition, dataset);
    const plan = window ? await planQuery(tx, asked, dataset, scope) : first;
    const limit = Math.min(SAMPLE_ROWS, definition.limit ?? SAMPLE_ROWS);
    const head = await planQuery(tx, { ...asked, limit }, dataset, scope);
    const rows = (await Array.fromAsync(rowBatches(tx.client, head.select()))).flat();
    // Which columns lists become is said by all rows.
    const shape = await shapeOf(tx, plan, definition, { ...session, dataset });
    const sample = sampleOf(shape.columns, shape.row ? rows.map(shape.row) : rows, definition);
    const object = objectEncoder(sample.columns, 'exact');
    const { total: estimatedRows } = await estimateRows(tx, plan);
    const notes = newNotes();
    const open = (upload: string) => templateBytes(tx, upload);
    const context = fileContext({ title: definition.name, note: notes.note, open });
    const bytes = await sizeOf(sample, definition, context);
    const shown = sample.slice(PREVIEW_ROWS);
    return {
      window,
      columns: sample.columns,
      rows: shown.all.map((row) => parseExactJson(object(row))),
      text: await textOf(shown, definition),
      estimatedRows,
      estimatedBytes: Math.round((bytes * estimatedRows) / Math.max(1, sample.all.length)),
      nullCounts: await countNulls(tx, definition, dataset, session),
      warnings: [
        ...durationWarnings(estimatedRows, sample.columns.length, definition),
        ...sheetWarnings(estimatedRows, definition),
        ...shape.warnings.map(({ message }) => message),
        ...notes.warnings().map(({ message }) => `Among the first ${sample.all.length} rows: ${message}`),
      ],
    };
  });
  return found.catch((error: unknown) => {
    throw previewProblem(error);
  });
}

/** Undefined too where the definition would not deliver what the saved one does: then it begins anew. */
async function nextWindow(
  tx: Tx,
  savedAs: string | undefined,
  definition: ExportDefinition,
  dataset: Dataset,
): Promise<RevisionWindow | undefined> {
  if (savedAs === undefined) return undefined;
  const saved = await findExport(tx, savedAs);
  const goesOn = definition.mode === 'incremental' && deliversTheSame(definition, saved);
  const window = goesOn ? await windowOf(tx, saved.id, dataset) : undefined;
  return window?.from === '0' ? undefined : window;
}

/** How large a file of the sample alone is; an archive deflates what is not compressed, as gzip does. */
async function sizeOf(
  sample: Sample,
  { format, compression }: ExportDefinition,
  context: FileContext,
): Promise<number> {
  const inArchive = formatOf(format).compressed ? 'none' : 'gzip';
  const tally = newTally();
  const shape = { format, compression: compression === 'zip' ? inArchive : compression };
  for await (const _ of fileBytes(sample, shape, context, tally));
  return tally.bytes;
}

/** Null where no person could read it. */
async function textOf(sample: Sample, { format, name }: ExportDefinition): Promise<string | null> {
  if (!/^text|json/.test(formatOf(format).mediaType)) return null;
  const shape = { format: inUtf8(format), compression: 'none' } as const;
  const bytes = fileBytes(sample, shape, fileContext({ title: name }), newTally());
  return Buffer.concat(await Array.fromAsync(bytes)).toString();
}

/** The same text, to be shown. */
function inUtf8(format: ExportDefinition['format']): ExportDefinition['format'] {
  if (format.type !== 'csv' || format.options.encoding !== 'utf-16') return format;
  return { ...format, options: { ...format.options, encoding: 'utf-8' } };
}

function sheetWarnings(rows: number, { format }: ExportDefinition): string[] {
  if (format.type !== 'xlsx') return [];
  const held = sheetCapacity(format.options);
  if (rows <= held) return [];
  return [
    `A sheet of Excel holds ${held} rows below its header: these go over ${Math.ceil(rows / held)} sheets.`,
  ];
}

function deliveryWarnings({ mode }: ExportDefinition, window: RevisionWindow | undefined): string[] {
  if (mode === 'diff') {
    return [
      'Only a run knows what has changed since the last delivery: shown are all the rows that it compares.',
    ];
  }
  if (mode === 'full' || window) return [];
  return ['The first run gives all of these rows; each later one those that were added or changed since.'];
}
