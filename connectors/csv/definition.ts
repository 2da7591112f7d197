import { z } from 'zod';
import type { ConnectorDefinition } from '#connectors/contract.ts';
import {
  type FileCredentials,
  fileCredentials,
  fileLocation,
  hasOneLocation,
  oneLocation,
} from '#connectors/file-definition.ts';

const character = z.string().regex(/^[^\r\n]$/, 'must be one character');

const csvConfig = z
  .strictObject({
    ...fileLocation,
    delimiter: character
      .regex(/^[^"]$/, 'must not be a quote')
      .optional()
      .meta({
        title: 'Delimiter',
        description: 'Between two cells. Guessed among comma, semicolon, tab and bar where absent.',
        examples: [',', ';', '\t', '|'],
      }),
    quote: character.optional().meta({
      title: 'Quote',
      description: 'Around a cell that holds the delimiter or a line break. Guessed where absent.',
      examples: ['"', "'"],
    }),
    encoding: z
      .string()
      .regex(/^utf-?8$/i, 'only UTF-8 can be read for now: save the file as UTF-8')
      .optional()
      .meta({ title: 'Encoding', examples: ['utf-8'] }),
    header: z.boolean().optional().meta({
      title: 'First row holds the names',
      description: 'Guessed where absent. Without names the columns are column_1, column_2 …',
    }),
  })
  .refine(hasOneLocation, oneLocation)
  .refine((config) => config.delimiter === undefined || config.delimiter !== config.quote, {
    path: ['quote'],
    error: 'must differ from the delimiter',
  });

export type CsvConfig = z.infer<typeof csvConfig>;

/** A CSV file at an address or uploaded: one stream named `rows`. */
export const csvDefinition: ConnectorDefinition<CsvConfig, FileCredentials> = {
  id: 'csv',
  name: 'CSV',
  description: 'Rows of a CSV file, from an address or uploaded.',
  config: csvConfig,
  credentials: fileCredentials,
  streams: [
    { name: 'rows', label: 'Rows', columns: [], key: [], write: 'upsert', spooled: true, rawText: true },
  ],
  allowedHosts: 'any',
};
