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
  })
  .refine(hasOneLocation, oneLocation)
  .refine((config) => config.format !== 'ndjson' || !config.rowsPath, {
    path: ['rowsPath'],
    error: 'has no meaning for NDJSON, where each line is a row',
  });

export type JsonConfig = z.infer<typeof jsonConfig>;

/** A JSON array, an object that holds one, or NDJSON, at an address or uploaded: one stream named `rows`. */
export const jsonDefinition: ConnectorDefinition<JsonConfig, FileCredentials> = {
  id: 'json',
  name: 'JSON',
  description: 'Objects of a JSON array or of NDJSON lines, from an address or uploaded.',
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
      spooled: () => true,
      incremental: ({ url }) => (url ? 'whole' : 'none'),
    },
  ],
  allowedHosts: 'any',
  rateLimits: [],
  limitKey: fileHost,
};
