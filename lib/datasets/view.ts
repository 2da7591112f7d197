import { z } from 'zod';
import { columnTypes } from '#lib/core/columns.ts';
import { relationsSchema } from './relation-schema.ts';

/** A column as the API shows it. */
export const columnView = z
  .object({
    name: z.string(),
    type: z.enum(columnTypes),
    label: z.string().exactOptional().meta({ description: 'What a person sees; the name where absent.' }),
    description: z.string().exactOptional(),
    currency: z.string().exactOptional().meta({
      description: 'Of amounts: the column that names their currency.',
    }),
    personal: z.boolean().exactOptional().meta({
      description: 'Tells of a person: exports mask it, unless their owner says otherwise.',
    }),
  })
  .meta({ id: 'Column' });

/** A dataset as the API shows it. */
export const datasetView = z
  .object({
    id: z.guid(),
    name: z.string(),
    label: z.string(),
    kind: z.enum(['builtin', 'made', 'view']).meta({
      description: 'A `view` is the operator’s own, and only read.',
    }),
    columns: z.array(columnView).readonly(),
    key: z.array(z.string()).readonly().meta({ description: 'The columns that name a row.' }),
    relations: relationsSchema.readonly(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Dataset' });
export type DatasetView = Readonly<z.infer<typeof datasetView>>;
