import { z } from 'zod';
import { formatChoice } from '#lib/exports/formats/registry.ts';
import { queryProblems, querySchema } from '#lib/exports/query/schema.ts';
import { groupedBy, sortsGroups } from '#lib/exports/shape/group-sort.ts';

/** In characters. */
export const MAX_NAME_LENGTH = 200;
/** No file is kept longer. */
export const MAX_LINK_HOURS = 720;
/** Smaller files than this, of rows of any length, cannot be promised. */
const MIN_FILE_BYTES = 1_000_000;
const MAX_PARTITION_COLUMNS = 4;
const MAX_TABLES = 20;
const MAX_TABLE_NAME_LENGTH = 100;

const download = z.strictObject({
  type: z.literal('download'),
  expiresInHours: z.int().min(1).max(MAX_LINK_HOURS).default(24).meta({
    description: 'How long the link to the file works.',
  }),
});

const split = z
  .strictObject({
    rows: z.int().min(1).optional().meta({ description: 'At most so many rows a file.' }),
    bytes: z.int().min(MIN_FILE_BYTES).optional().meta({
      description: 'At most so many bytes a file; 1 MB at the least.',
    }),
  })
  .refine(({ rows, bytes }) => rows !== undefined || bytes !== undefined, {
    message: 'needs "rows" or "bytes"',
  })
  .meta({ description: 'Cuts the rows into several files, numbered in their order.' });

const partitionBy = z
  .array(z.string().min(1))
  .min(1)
  .max(MAX_PARTITION_COLUMNS)
  .refine((names) => new Set(names).size === names.length, { message: 'names a column twice' })
  .meta({
    description:
      'One file for each value of these columns, in folders named after them (`state=AK/…`), as Hive, Spark and DuckDB read them. The columns themselves are left out of the files.',
  });

const table = querySchema
  .omit({ status: true })
  .extend({
    name: z.string().trim().min(1).max(MAX_TABLE_NAME_LENGTH).meta({
      description: 'What its sheet is called, or how its file’s name ends.',
    }),
  })
  .superRefine((query, context) => {
    for (const [path, message] of queryProblems(query)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  })
  .meta({ id: 'FurtherTable', outputId: 'StoredFurtherTable' });

/** A saved export as a caller writes it; unknown fields are refused. */
export const exportDefinition = z
  .strictObject({
    name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
    ...querySchema.shape,
    mode: z.enum(['full', 'incremental', 'diff']).default('full').meta({
      description:
        '`incremental`: rows that are new or were written since the last run that was delivered. `diff`: rows that were added, changed or removed since then, by comparing their cells.',
    }),
    changesAs: z.enum(['column', 'files']).default('column').meta({
      description:
        'Of a diff: one file with a column `_change`, or three files of the rows added, changed and removed.',
    }),
    format: formatChoice.prefault({ type: 'csv' }),
    compression: z.enum(['none', 'gzip', 'brotli', 'zstd', 'zip']).default('none').meta({
      description:
        '`zip` puts all files, and a manifest of them, into one archive; the others wrap each file.',
    }),
    split: split.optional(),
    partitionBy: partitionBy.optional(),
    personal: z.literal('show').optional().meta({
      description:
        'Shows every column of personal data. They are masked otherwise. Only the owner of an export may choose to show them; for another owner they are masked again.',
    }),
    tables: z.array(table).min(1).max(MAX_TABLES).optional().meta({
      description:
        'Further rows of the same moment: sheets of a workbook, and files of their own in any other format.',
    }),
    destination: download.prefault({ type: 'download' }),
  })
  .refine((definition) => definition.mode === 'full' || definition.limit === undefined, {
    path: ['limit'],
    message: 'needs mode "full": what lies past the limit would never be exported, or seem removed',
  })
  .refine(({ status, mode }) => status === undefined || mode === 'incremental', {
    path: ['status'],
    message: 'needs mode "incremental": without it nothing says what was delivered before',
  })
  .refine(({ partitionBy, mode }) => partitionBy === undefined || mode !== 'diff', {
    path: ['partitionBy'],
    message: 'cannot be combined with mode "diff": a row that was removed would leave its folder',
  })
  .refine((definition) => definition.mode !== 'diff' || groupedBy(definition).length === 0, {
    path: ['format', 'options', 'groupBy'],
    message: 'cannot be combined with mode "diff": rows that were removed come last, apart from their groups',
  })
  .refine(({ tables, mode }) => tables === undefined || mode === 'full', {
    path: ['tables'],
    message: 'needs mode "full": what was delivered before is known of the first table alone',
  })
  .refine(({ tables, split, partitionBy }) => tables === undefined || (split ?? partitionBy) === undefined, {
    path: ['tables'],
    message: 'cannot be combined with "split" or "partitionBy"',
  })
  .refine(({ partitionBy, limit }) => partitionBy === undefined || limit === undefined, {
    path: ['limit'],
    message: 'cannot be combined with "partitionBy", by which the rows are sorted first',
  })
  .refine((definition) => definition.limit === undefined || sortsGroups(definition), {
    path: ['limit'],
    message: 'needs a sort by the columns of "groupBy", by which the rows are sorted first',
  })
  .superRefine((definition, context) => {
    for (const [path, message] of queryProblems(definition)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  })
  .meta({
    id: 'NewExport',
    examples: [
      {
        name: 'Alaska',
        dataset: 'zipcodes',
        columns: [{ source: 'zip_code', header: 'ZIP' }, { source: 'city' }],
        filter: { field: 'state', op: 'eq', value: 'AK' },
        sort: [{ field: 'zip_code' }],
        format: { type: 'csv' },
        compression: 'gzip',
      },
    ],
  });

/** The definition as it is stored and run: every default filled in. */
export type ExportDefinition = z.infer<typeof exportDefinition>;

/** The definition as a caller may write it, defaults left out. */
export type ExportInput = z.input<typeof exportDefinition>;
