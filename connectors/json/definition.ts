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
import { incremental, windows } from './incremental-definition.ts';
import { dotted, pageSize, pagination } from './pagination-definition.ts';

/** What makes of a file an API that is asked for more than one answer, or for less than everything. */
const apiFields = {
  pagination: pagination.optional(),
  pageSize: pageSize.optional(),
  incremental: incremental.optional(),
  windows: windows.optional(),
  cap: z
    .int()
    .min(1)
    .optional()
    .meta({
      title: 'Most rows of an answer',
      description:
        'How many rows the API gives to one question, over all of its pages. With as many, an answer is taken to be cut.',
      examples: [1_000, 10_000],
    }),
  totalPath: dotted.optional().meta({
    title: 'Path to the total',
    description: 'The number of rows that the API says there are: it is held against what was read.',
    examples: ['meta.total'],
  }),
};

const apiNames = Object.keys(apiFields) as (keyof typeof apiFields)[];

const jsonConfig = z
  .strictObject({
    ...fileLocation,
    rowsPath: z
      .string()
      .optional()
      .meta({
        title: 'Path to the rows',
        description: 'The names on the way to the array, with dots between. Absent: the array itself.',
        examples: ['data.items'],
      }),
    format: z.enum(['json', 'ndjson']).optional().meta({
      title: 'Format',
      description: 'One JSON document, or one on each line. Guessed where absent.',
    }),
    layout: z
      .enum(['columns'])
      .optional()
      .meta({
        title: 'Layout',
        labels: { columns: 'An array for each column' },
        absentTitle: 'An object for each row',
      }),
    ...apiFields,
    errorPath: dotted.optional().meta({
      title: 'Path to an error',
      description: 'What stands here says that something went wrong. "error" and "errors" are known.',
      examples: ['status.message'],
    }),
    updatedAt: dotted.optional().meta({
      title: 'Time of the last change',
      description: 'The field that says when a row last changed: an older state never replaces a newer one.',
      examples: ['updated_at'],
    }),
  })
  .refine(hasOneLocation, oneLocation)
  .refine((config) => config.format !== 'ndjson' || !config.rowsPath, {
    path: ['rowsPath'],
    error: 'has no meaning for NDJSON, where each line is a row',
  })
  .refine((config) => config.format !== 'ndjson' || !config.layout, {
    path: ['layout'],
    error: 'has no meaning for NDJSON, where each line is a row',
  })
  .refine(
    ({ format, pagination: pages, totalPath }) =>
      format !== 'ndjson' || !(totalPath || (pages && 'path' in pages)),
    {
      path: ['format'],
      error: 'must be json where something beside the rows is to be read',
    },
  )
  .superRefine((config, context) => {
    if (config.url !== undefined) return;
    for (const name of apiNames.filter((one) => config[one] !== undefined)) {
      context.addIssue({ code: 'custom', path: [name], message: 'needs an address to ask' });
    }
  });

export type JsonConfig = z.infer<typeof jsonConfig>;

/** Whether the source is asked as an API is, and not fetched as a file is. */
export function isApi(config: JsonConfig): boolean {
  return apiNames.some((name) => config[name] !== undefined);
}

function incrementalReading(config: JsonConfig) {
  if (config.incremental) return 'changes';
  return config.url && !isApi(config) ? 'whole' : 'none';
}

/**
 * A JSON array, an object that holds one, or NDJSON, at an address or uploaded, or page by page from an API: one
 * stream named `rows`.
 */
export const jsonDefinition: ConnectorDefinition<JsonConfig, FileCredentials> = {
  id: 'json',
  name: 'JSON',
  description: 'Objects of a JSON array, of NDJSON lines or of a JSON API, from an address or uploaded.',
  config: jsonConfig,
  credentials: fileCredentials,
  streams: [
    {
      name: 'rows',
      label: 'Rows',
      columns: [],
      key: [],
      write: 'upsert',
      rawText: false,
      spooled: ({ pagination: pages, windows: spans }) => !pages && !spans,
      incremental: incrementalReading,
    },
  ],
  allowedHosts: 'any',
  rateLimits: [],
  limitKey: fileHost,
};
