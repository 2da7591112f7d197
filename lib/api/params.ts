import { z } from 'zod';

/** The path's `{ id }`. */
export const idParams = z.object({ id: z.guid() });

/** The path's `{ type }`: a kind of source. */
export const typeParams = z.object({ type: z.string() });

/** The query of a list: how many, and from which `nextCursor` on. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().min(1).optional(),
});
