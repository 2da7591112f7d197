import { z } from 'zod';
import { columnTypes } from '#lib/core/columns.ts';
import { platformColumns, systemColumns } from './names.ts';

/** Postgres cuts longer names, in silence. */
const MAX_NAME_BYTES = 63;
const MAX_COLUMNS = 500;
const MAX_KEY_COLUMNS = 8;

const columnName = z
  .string()
  .min(1, 'must not be empty')
  .refine((name) => new TextEncoder().encode(name).length <= MAX_NAME_BYTES, 'must be at most 63 bytes long')
  .refine((name) => !name.includes('\0') && name.isWellFormed(), 'holds a character that no name can have')
  .refine((name) => !platformColumns.has(name), 'is a name of the platform: choose another')
  .refine((name) => !systemColumns.has(name), 'is a name of the database: choose another');

const column = z.strictObject({
  name: columnName,
  type: z.enum(columnTypes),
  label: z.string().min(1).max(200).exactOptional(),
  description: z.string().max(2_000).exactOptional(),
  currency: z.string().min(1).exactOptional().meta({
    description: 'Of amounts: the text column that names their currency, so that no sum mixes several.',
  }),
});

const example = {
  name: 'zipcodes',
  label: 'Zip codes',
  key: ['zip_code'],
  columns: [
    { name: 'zip_code', type: 'text' },
    { name: 'city', type: 'text' },
    { name: 'state', type: 'text' },
  ],
};

/** A dataset to be registered: its key names one or more of its columns. */
export const datasetSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits and _, and begin with a letter'),
    label: z.string().min(1).max(200),
    key: z
      .array(z.string())
      .min(1)
      .max(MAX_KEY_COLUMNS)
      .meta({ description: 'The columns that name a row.' }),
    columns: z.array(column).min(1).max(MAX_COLUMNS),
  })
  .superRefine(({ key, columns }, context) => {
    const types = new Map(columns.map(({ name, type }) => [name, type]));
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    for (const [index, { name }] of columns.entries()) {
      const first = columns.findIndex((other) => other.name === name);
      if (first < index) refuse(['columns', index, 'name'], `is the name of column ${first + 1} too`);
    }
    for (const [index, { currency }] of columns.entries()) {
      if (currency !== undefined && types.get(currency) !== 'text') {
        refuse(['columns', index, 'currency'], 'is not the name of a text column');
      }
    }
    for (const [index, name] of key.entries()) {
      if (!types.has(name)) refuse(['key', index], 'is none of the columns');
      if (types.get(name) === 'json') refuse(['key', index], 'is a json column, which cannot be a key');
      if (key.indexOf(name) < index) refuse(['key', index], 'is named twice');
    }
  })
  .meta({ id: 'NewDataset', examples: [example] });

export type DatasetInput = z.infer<typeof datasetSchema>;
