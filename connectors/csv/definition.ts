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

const character = z.string().regex(/^[^\r\n]$/, 'must be one character');

/** What a person calls each encoding. */
export const encodingTitles = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252',
} as const;

const encodings = Object.keys(encodingTitles) as (keyof typeof encodingTitles)[];
const encoding = z.enum(encodings, `must be one of ${encodings.join(', ')}`);

/** `utf8` and other ways to write the names, which sources may have been saved with. */
function asEncoding(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase().replace(/^utf-?(?=8$|16[bl]e$)/, 'utf-') : value;
}

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
    encoding: z.preprocess(asEncoding, encoding.optional()).meta({
      title: 'Encoding',
      description: 'How letters beyond English ones are written. Recognised by the file itself where absent.',
      examples: ['windows-1252'],
      labels: encodingTitles,
    }),
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
    {
      name: 'rows',
      label: 'Rows',
      columns: [],
      key: [],
      write: 'upsert',
      rawText: true,
      spooled: () => true,
      incremental: ({ url }) => (url ? 'whole' : 'none'),
    },
  ],
  allowedHosts: 'any',
  rateLimits: [],
  limitKey: fileHost,
};
