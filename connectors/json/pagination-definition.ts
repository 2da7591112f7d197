import { z } from 'zod';

/** The names on the way to a value, with dots between. */
export const dotted = z
  .string()
  .regex(/^[^.]+(?:\.[^.]+)*$/, 'must be names with dots between, like "meta.next"');

/** The name of a parameter of an address. */
export const parameter = z.string().min(1, 'must not be empty');

const morePath = dotted.optional().meta({
  title: 'Path to whether there are more',
  description:
    'True or false, or the number of the last page. Absent: pages are read until one is empty, which is one call more.',
  examples: ['has_more', 'meta.last_page'],
});

/** How an API that answers page by page says where the next one is. */
export const pagination = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('link') }).meta({
      title: 'Link header',
      description: 'Each answer names the next one in its Link header, as rel="next".',
    }),
    z
      .strictObject({
        by: z.literal('next'),
        path: dotted.meta({ title: 'Path to the address', examples: ['next', 'links.next'] }),
      })
      .meta({
        title: 'Address in the answer',
        description: 'Each answer holds the address of the next one.',
      }),
    z
      .strictObject({
        by: z.literal('cursor'),
        path: dotted.meta({ title: 'Path to the cursor', examples: ['next_cursor', 'meta.cursor'] }),
        parameter: parameter.meta({ title: 'Parameter that takes it', examples: ['cursor', 'page_token'] }),
        morePath,
      })
      .meta({ title: 'Cursor in the answer', description: 'Each answer holds what asks for the next one.' }),
    z
      .strictObject({
        by: z.literal('lastRow'),
        field: dotted.meta({ title: 'Field of the last row', examples: ['id'] }),
        parameter: parameter.meta({
          title: 'Parameter that takes it',
          examples: ['starting_after', 'since_id'],
        }),
        morePath,
      })
      .meta({
        title: 'After the last row',
        description: 'The next page is asked for by the last row of the one before.',
      }),
    z
      .strictObject({
        by: z.literal('page'),
        parameter: parameter.meta({ title: 'Parameter with the number', examples: ['page', 'p'] }),
        first: z
          .int()
          .min(0)
          .max(1)
          .optional()
          .meta({
            title: 'Number of the first page',
            description: '1 where absent.',
            examples: [1],
          }),
        morePath,
      })
      .meta({ title: 'Page number' }),
    z
      .strictObject({
        by: z.literal('offset'),
        parameter: parameter.meta({ title: 'Parameter with the offset', examples: ['offset', 'skip'] }),
        rowId: dotted.optional().meta({
          title: 'Field that tells rows apart',
          description:
            'Where given, each page reaches back by one row: rows that move while the pages are read are not missed.',
          examples: ['id'],
        }),
        morePath,
      })
      .meta({ title: 'Offset', description: 'Pages are asked for by how many rows lie before them.' }),
  ])
  .meta({
    title: 'Pages',
    description: 'How the API says where the next page is.',
    absentTitle: 'One answer holds everything',
  });
export type Pagination = z.infer<typeof pagination>;

/** How many rows an answer is asked for. */
export const pageSize = z
  .strictObject({
    parameter: parameter.meta({ title: 'Parameter with the page size', examples: ['limit', 'per_page'] }),
    rows: z
      .int()
      .min(1)
      .max(100_000)
      .meta({ title: 'Rows of a page', examples: [100] }),
  })
  .meta({ title: 'Page size', absentTitle: 'As the API has it' });
