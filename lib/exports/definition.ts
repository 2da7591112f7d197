import { z } from 'zod';
import { formatChoice } from '#lib/exports/formats/registry.ts';
import { querySchema } from '#lib/exports/query/schema.ts';

/** In characters. */
export const MAX_NAME_LENGTH = 200;
/** No file is kept longer. */
export const MAX_LINK_HOURS = 720;

const download = z.strictObject({
  type: z.literal('download'),
  expiresInHours: z.int().min(1).max(MAX_LINK_HOURS).default(24).meta({
    description: 'How long the link to the file works.',
  }),
});

/** A saved export as a caller writes it; unknown fields are refused. */
export const exportDefinition = z
  .strictObject({
    name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
    ...querySchema.shape,
    mode: z.enum(['full', 'incremental']).default('full').meta({
      description: '`incremental`: what has changed since the last run that was delivered.',
    }),
    format: formatChoice.prefault({ type: 'csv' }),
    compression: z.enum(['none', 'gzip']).default('none'),
    destination: download.prefault({ type: 'download' }),
  })
  .refine((definition) => definition.mode === 'full' || definition.limit === undefined, {
    path: ['limit'],
    message: 'cannot be combined with mode "incremental": rows past the limit would never be exported',
  })
  .superRefine(({ columns = [] }, context) => {
    const headers = columns.map(({ source, header }) => header ?? source);
    for (const [index, header] of headers.entries()) {
      if (headers.indexOf(header) === index) continue;
      const message = `another column is already called "${header}"`;
      context.addIssue({ code: 'custom', path: ['columns', index, 'header'], message });
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
