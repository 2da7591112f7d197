import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { requireSource } from './runs.ts';

const text = z.string().nullable();

/**
 * A field that a person has edited and the source has changed since. Whoever edits it once more has decided: with
 * `mine` the edit stays, with `theirs` it is none any more.
 */
export const conflictView = z
  .object({
    dataset: z.string(),
    stream: z.string(),
    externalId: z.string(),
    field: z.string(),
    base: text.meta({ description: 'What the source said when the field was edited.' }),
    mine: text.meta({ description: 'What the field was edited to, and is.' }),
    theirs: text.meta({ description: 'What the source says now.' }),
    editedBy: z.guid().nullable(),
    editedAt: z.iso.datetime(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'Conflict' });
export type ConflictView = Readonly<z.infer<typeof conflictView>>;

const MOST = 500;

/** A source's conflicts, the oldest first, at most 500. Throws `not_found`. */
export function listConflicts(session: Session, sourceId: string): Promise<{ items: ConflictView[] }> {
  return asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    const items = await tx.db
      .selectFrom('row_edits')
      .innerJoin('datasets', 'datasets.id', 'row_edits.dataset_id')
      .select(['datasets.name as dataset', 'stream', 'external_id as externalId', 'field', 'base'])
      .select(['value as mine', 'conflict as theirs', 'row_edits.created_by as editedBy'])
      .select(['row_edits.created_at as editedAt', 'conflict_at as since'])
      .where('source_id', '=', sourceId)
      .where('conflict_at', 'is not', null)
      .orderBy('conflict_at')
      .orderBy('external_id')
      .orderBy('field')
      .limit(MOST)
      .$castTo<ConflictView>()
      .execute();
    return { items };
  });
}
