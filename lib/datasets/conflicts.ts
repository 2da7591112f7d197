import { sql } from 'kysely';
import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { editRow } from './edit-row.ts';
import { rowId } from './row-id.ts';

const text = z.string().nullable();

/** A field that a person has edited and the source has changed since: somebody is to decide. */
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

/** A source's conflicts, the oldest first, at most 500. */
export function listConflicts(session: Session, sourceId: string): Promise<{ items: ConflictView[] }> {
  return asMember(session, async ({ db }) => {
    const items = await db
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

export const conflictDecision = z
  .strictObject({
    dataset: z.string(),
    row: rowId,
    field: z.string(),
    take: z.enum(['mine', 'theirs']),
  })
  .meta({
    examples: [
      {
        dataset: 'zipcodes',
        row: { sourceId: '4f9c1a52-0b7e-4c55-9a57-2f5f2b1f7d10', stream: 'rows', externalId: '99501' },
        field: 'city',
        take: 'theirs',
      },
    ],
  });

/** Decides one field: keeps the edit, or takes what the source says. Throws `not_found` where nothing is to be decided. */
export async function decideConflict(
  session: Session,
  { dataset, row, field, take }: z.output<typeof conflictDecision>,
): Promise<void> {
  requireRole(session, 'editor');
  const { mine, theirs } = await asMember(session, async ({ db }) => {
    const { rows } = await sql<{ mine: string | null; theirs: string | null }>`
      select e.value as mine, e.conflict as theirs
      from public.row_edits e join public.datasets d on d.id = e.dataset_id
      where d.name = ${dataset} and e.source_id = ${row.sourceId} and e.stream = ${row.stream}
        and e.external_id = ${row.externalId} and e.field = ${field} and e.conflict_at is not null
    `.execute(db);
    if (!rows[0]) throw new EntrepotError('not_found', 'There is nothing to decide about this field.');
    return rows[0];
  });
  await editRow(session, dataset, { row, fields: { [field]: take === 'mine' ? mine : theirs } });
}
