import { z } from 'zod';

const share = z.number().min(0).max(1);

/** From how many vanished rows on, and which share of all, a delete waits for a person; `most` whatever the share. */
export const deleteGuard = z
  .strictObject({
    rows: z.int().min(1).default(5),
    share: share.default(0.2),
    most: z.int().min(1).default(1_000),
  })
  .meta({
    description:
      'Rows that vanished wait for a person where they are at least `rows` and that share of all, or `most` whatever the share.',
  });
export type DeleteGuard = Readonly<z.output<typeof deleteGuard>>;

/** From how many rejects on, and which share of all rows read, a run stops. */
export const rejectLimit = z
  .strictObject({ rows: z.int().min(1).default(100), share: share.default(0.5) })
  .meta({ description: 'A run stops that has rejected at least `rows` and that share of what it read.' });
export type RejectLimit = Readonly<z.output<typeof rejectLimit>>;

/** Who is right where a source changes a field that a person has edited. */
export const conflictPolicy = z.enum(['source_wins', 'local_wins', 'newest_wins', 'ask']).meta({
  description: 'Who is right where the source changes a field that a person has edited.',
});
export type ConflictPolicy = z.output<typeof conflictPolicy>;
