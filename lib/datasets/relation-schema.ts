import { z } from 'zod';

const MAX_RELATIONS = 50;
const MAX_PAIRS = 8;

const relation = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits and _, and begin with a letter')
      .meta({ description: 'What its columns are asked for by: `vendor` for `vendor.name`.' }),
    label: z.string().min(1).max(200).exactOptional(),
    dataset: z.string().min(1).max(200).meta({ description: 'The dataset that the related rows are in.' }),
    kind: z.enum(['one', 'many']).meta({
      description: 'Whether a row has one related row at most (of several, the first counts) or any number.',
    }),
    columns: z
      .array(
        z.strictObject({
          from: z.string().min(1).meta({ description: 'A column of this dataset.' }),
          to: z.string().min(1).meta({ description: 'The column of the other that must hold the same.' }),
        }),
      )
      .min(1)
      .max(MAX_PAIRS),
    sameSource: z.boolean().default(false).meta({
      description:
        'Whether rows of one source alone are related, for keys that each source gives out by itself.',
    }),
    builtIn: z.literal(true).exactOptional().meta({
      description: 'Of the platform’s own, which stay as they are.',
    }),
  })
  .meta({
    examples: [
      {
        name: 'vendor',
        dataset: 'vendors',
        kind: 'one',
        columns: [{ from: 'vendor_id', to: 'vendor_id' }],
        sameSource: true,
      },
    ],
  });
/** How rows of one dataset have to do with those of another; declared, not enforced. */
export type Relation = z.output<typeof relation>;

/** The relations of a dataset, each name once. */
export const relationsSchema = z
  .array(relation)
  .max(MAX_RELATIONS)
  .superRefine((relations, context) => {
    for (const [index, { name }] of relations.entries()) {
      if (relations.findIndex((other) => other.name === name) === index) continue;
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: 'is the name of another relation too',
      });
    }
  })
  .meta({
    description:
      'Which rows of other datasets belong to a row; given, they replace those of before, but for the built-in ones, which stay.',
  });
