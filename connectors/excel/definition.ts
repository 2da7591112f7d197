import { z } from 'zod';
import type { ConnectorDefinition } from '#connectors/contract.ts';
import {
  type FileCredentials,
  fileCredentials,
  fileHost,
  fileLocation,
  hasOneLocation,
  oneLocation,
} from '#connectors/file-definition.ts';

const MAX_ROWS = 1_048_576;

const excelConfig = z
  .strictObject({
    url: fileLocation.url,
    upload: fileLocation.upload,
    sheet: z.preprocess(asText, z.string().min(1).optional()).meta({
      title: 'Sheet',
      description: 'Its name, or its number counted from 1. The first visible one where absent.',
      examples: ['Products', '2'],
    }),
    headerRow: z
      .int()
      .min(1)
      .max(MAX_ROWS)
      .optional()
      .meta({
        title: 'Row with the column names',
        description:
          'The rows above it are left out, and so are columns to the right of its last name. The first row with anything in it where absent.',
        examples: [1, 3],
      }),
  })
  .refine(hasOneLocation, oneLocation);

function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

export type ExcelConfig = z.infer<typeof excelConfig>;

/**
 * One sheet of an Excel workbook (.xlsx, .xlsm) at an address or uploaded: one stream named `rows`. Numbers
 * and booleans keep their types, dates are ISO 8601 texts, formulas give the result that was saved with them,
 * and an error such as `#N/A` is that text.
 */
export const excelDefinition: ConnectorDefinition<ExcelConfig, FileCredentials> = {
  id: 'excel',
  name: 'Excel',
  description: 'Rows of a sheet of an Excel workbook (.xlsx), from an address or uploaded.',
  config: excelConfig,
  credentials: fileCredentials,
  streams: [
    {
      name: 'rows',
      label: 'Rows',
      columns: [],
      key: [],
      write: 'upsert',
      rawText: false,
      spooled: () => true,
      incremental: ({ url }) => (url ? 'whole' : 'none'),
    },
  ],
  allowedHosts: 'any',
  rateLimits: [],
  limitKey: fileHost,
};
