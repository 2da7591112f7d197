import { z } from 'zod';
import { filterSchema } from '#lib/datasets/filter.ts';

const MAX_COLUMNS = 1_000;
const MAX_SORT_KEYS = 20;

const header = z.string().min(1).max(1_000).optional().meta({
  description: 'What the column is called in the file; its name where absent.',
});

const column = z.strictObject({ source: z.string().min(1), header });

const sortKey = z.strictObject({
  field: z.string().min(1),
  direction: z.enum(['asc', 'desc']).default('asc'),
});
export type SortKey = z.infer<typeof sortKey>;

/** What an export asks of its dataset. */
export const querySchema = z.strictObject({
  dataset: z.string().min(1).max(200),
  columns: z.array(column).min(1).max(MAX_COLUMNS).optional().meta({
    description: 'In the order of the file; every column of the dataset where absent.',
  }),
  filter: filterSchema.optional(),
  sort: z.array(sortKey).max(MAX_SORT_KEYS).default([]),
  limit: z.int().min(1).optional(),
});
export type Query = z.infer<typeof querySchema>;
