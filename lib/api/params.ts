import { z } from 'zod';

/** The path's `{ id }`. */
export const idParams = z.object({ id: z.guid() });

/** The path's `{ name }`: a dataset. */
export const nameParams = z.object({ name: z.string() });

/** The path's `{ type }`: a kind of source. */
export const typeParams = z.object({ type: z.string() });

/** The query of a list: how many, and from which `nextCursor` on. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50).meta({ description: 'How many at most.' }),
  cursor: z.string().min(1).optional().meta({ description: 'The `nextCursor` of the page before.' }),
});

/** What a list answers: a page of its items, and the cursor of the next. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `cursor` for the next page; null after the last.' }),
  });
}

/** What is answered where a job does the rest. */
export const jobAccepted = z.object({ jobId: z.guid() });

/** What is answered where nothing is left to say: 204. */
export const nothing = z.void();
