import { sql } from 'kysely';
import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
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
    editedBy: text.meta({ description: 'The address of the person.' }),
    editedAt: z.iso.datetime(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'Conflict' });
export type ConflictView = Readonly<z.infer<typeof conflictView>>;

const MOST = 500;

/** A source's conflicts, the oldest first, at most 500. Throws `not_found`. */
export function listConflicts(
  session: Session,
  sourceId: string,
  limit = MOST,
): Promise<{ items: ConflictView[] }> {
  return asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    const items = await selectConflicts(tx, sourceId)
      .innerJoin('datasets', 'datasets.id', 'row_edits.dataset_id')
      .select(['datasets.name as dataset', 'stream', 'external_id as externalId', 'field', 'base'])
      .select(['value as mine', 'conflict as theirs'])
      .select(editor.as('editedBy'))
      .select(['row_edits.created_at as editedAt', 'conflict_at as since'])
      .orderBy('conflict_at')
      .orderBy('external_id')
      .orderBy('field')
      .limit(limit)
      .$castTo<ConflictView>()
      .execute();
    return { items };
  });
}

/** How many conflicts of a source wait for a person. */
export function countConflicts(session: Session, sourceId: string): Promise<number> {
  return asMember(session, async (tx) => {
    const { count } = await selectConflicts(tx, sourceId)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  });
}

const editor = sql<string | null>`(
  select p.email from private.workspace_people() p where p.user_id = row_edits.created_by)`;

function selectConflicts({ db }: Tx, sourceId: string) {
  return db.selectFrom('row_edits').where('source_id', '=', sourceId).where('conflict_at', 'is not', null);
}
