import { z } from 'zod';

/** What rows written by hand have as their source. */
export const NO_SOURCE = '00000000-0000-0000-0000-000000000000';

/** Names one row of a dataset, as its origin says it. */
export const rowId = z.strictObject({
  sourceId: z.guid().nullable().meta({ description: 'Null for a row written by hand.' }),
  stream: z.string(),
  externalId: z.string().min(1),
});
export type RowId = z.output<typeof rowId>;
