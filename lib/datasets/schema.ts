import { z } from 'zod';
import { columnTypes } from '#lib/core/columns.ts';
import { platformColumns, systemColumns } from './names.ts';
import { relationsSchema } from './relation-schema.ts';

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

/** What a person adds to a column. */
const described = {
  label: z.string().min(1).max(200).exactOptional(),
  description: z.string().max(2_000).exactOptional(),
  currency: z.string().min(1).exactOptional().meta({
    description: 'Of amounts: the text column that names their currency, so that no sum mixes several.',
  }),
  personal: z.boolean().exactOptional().meta({
    description: 'Tells of a person: exports mask it, unless their owner says otherwise.',
  }),
};

const column = z.strictObject({ name: columnName, type: z.enum(columnTypes), ...described });

const named = {
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits and _, and begin with a letter'),
  label: z.string().min(1).max(200),
};

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

/** A dataset to be made: its key names one or more of its columns. */
export const datasetSchema = z
  .strictObject({
    kind: z.literal('made').optional(),
    ...named,
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

const viewExample = {
  kind: 'view',
  name: 'open_orders',
  label: 'Open orders',
  view: 'public.open_orders',
  columns: [{ name: 'order_number', label: 'Order' }, { name: 'total' }],
  key: ['order_number'],
};

/** A view of the operator's own to be registered, which is read and never written to. */
export const viewSchema = z
  .strictObject({
    kind: z.literal('view'),
    ...named,
    view: z
      .string()
      .regex(/^[^."]+\.[^."]+$/, 'must be the schema and the name of the view, as in public.open_orders')
      .meta({
        description:
          'A view with `security_invoker` and a column `workspace_id` of the type uuid, of which each workspace is shown its own rows. It, and what it reads, must be granted to the role `entrepot_member`.',
      }),
    columns: z
      .array(z.strictObject({ name: z.string().min(1), ...described }))
      .min(1)
      .max(MAX_COLUMNS)
      .optional()
      .meta({ description: 'Those to offer, in their order; every column of the view where absent.' }),
    key: z.array(z.string()).max(MAX_KEY_COLUMNS).default([]).meta({
      description: 'The columns that name a row, where there are such: rows are then compared by them.',
    }),
  })
  .superRefine(({ columns = [], key }, context) => {
    for (const [index, { name }] of columns.entries()) {
      const first = columns.findIndex((other) => other.name === name);
      if (first === index) continue;
      const message = `is the name of column ${first + 1} too`;
      context.addIssue({ code: 'custom', path: ['columns', index, 'name'], message });
    }
    for (const [index, name] of key.entries()) {
      if (key.indexOf(name) === index) continue;
      context.addIssue({ code: 'custom', path: ['key', index], message: 'is named twice' });
    }
  })
  .meta({
    id: 'NewView',
    examples: [viewExample],
  });

export type ViewInput = z.infer<typeof viewSchema>;

/** A dataset as a caller may register it. */
export const newDataset = z
  .discriminatedUnion('kind', [datasetSchema, viewSchema])
  .meta({ examples: [example, viewExample] });

/** What of a dataset can be changed. */
export const datasetPatch = z
  .strictObject({
    label: named.label.exactOptional(),
    columns: z
      .array(z.strictObject({ name: z.string().min(1), ...described }))
      .min(1)
      .max(MAX_COLUMNS)
      .exactOptional()
      .meta({ description: 'Those to describe otherwise; what is not said of one stays.' }),
    relations: relationsSchema.exactOptional(),
  })
  .meta({
    examples: [
      {
        relations: [
          {
            name: 'item',
            dataset: 'inventory_items',
            kind: 'one',
            columns: [{ from: 'sku', to: 'sku' }],
          },
        ],
      },
    ],
  });
export type DatasetPatch = z.infer<typeof datasetPatch>;
