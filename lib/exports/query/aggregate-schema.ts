import { z } from 'zod';

/** What can be computed of a group's rows; nothing but `count` looks at nulls. */
const aggregateFunctions = ['count', 'sum', 'avg', 'min', 'max', 'percentile', 'countDistinct'] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

/** One number, text or time that is computed of all rows of a group. */
export const aggregate = z
  .strictObject({
    function: z.enum(aggregateFunctions).meta({
      description:
        '`count` and `countDistinct` give integers, `min` and `max` the type of their column, all else exact decimals.',
    }),
    field: z.string().min(1).optional().meta({
      description: 'The column; `count` without one counts the rows, with one those that hold a value there.',
    }),
    percentile: z.number().min(0).max(1).optional().meta({
      description:
        'Of the function `percentile` alone: 0.5 is the median. Between two values it is interpolated.',
    }),
    header: z.string().min(1).max(1_000).optional().meta({
      description: 'What the column is called in the file; the name of the output where absent.',
    }),
  })
  .superRefine(({ function: name, field, percentile }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (field === undefined && name !== 'count') refuse('field', `"${name}" needs a column`);
    if (percentile === undefined && name === 'percentile') refuse('percentile', 'must be between 0 and 1');
    if (percentile !== undefined && name !== 'percentile') {
      refuse('percentile', `has no meaning for "${name}"`);
    }
  })
  .meta({ id: 'Aggregate' });
export type Aggregate = z.infer<typeof aggregate>;
