import { sql } from 'kysely';
import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery, pageOf } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { requireSource } from '#lib/sources/runs.ts';

export const deletionStatuses = [
  'planned',
  'held',
  'applying',
  'applied',
  'dismissed',
  'undoing',
  'undone',
  'superseded',
] as const;

/** Rows that a source no longer has or fills, and what became of that. Times are ISO 8601 in UTC. */
export const deletionView = z
  .object({
    id: z.guid(),
    runId: z.guid().nullable(),
    stream: z.string(),
    dataset: z.string(),
    reason: z.enum(['vanished', 'unmapped']).meta({
      description:
        'vanished: the source no longer has them. unmapped: the stream no longer fills the dataset.',
    }),
    status: z.enum(deletionStatuses).meta({
      description:
        'held: waits for a person. planned: of a dry run. superseded: a later sync has looked again.',
    }),
    vanished: z.int().meta({ description: 'How many rows the source no longer has or fills.' }),
    present: z.int().meta({ description: 'Of how many.' }),
    decidedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Deletion' });
export type DeletionView = Readonly<z.infer<typeof deletionView>>;

/** A source's deletions, latest first. Throws `not_found`. */
export function listDeletions(
  session: Session,
  { sourceId, status }: { readonly sourceId: string; readonly status?: DeletionView['status'] | undefined },
  query: ListQuery,
): Promise<ListPage<DeletionView>> {
  return asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    const deletions = selectDeletions(tx)
      .where('source_id', '=', sourceId)
      .where('status', '!=', 'unconfirmed');
    return keysetPage(status ? deletions.where('status', '=', status) : deletions, query, 'desc');
  });
}

/** Throws `not_found`, for a deletion of another source too. */
export function getDeletion(session: Session, sourceId: string, id: string): Promise<DeletionView> {
  return asMember(session, (tx) =>
    selectDeletions(tx)
      .where('source_id', '=', sourceId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'There is no such deletion.')),
  );
}

/** The keys of a deletion's rows, in their order, after `cursor`, which is one of them. */
export async function listDeletionRows(
  session: Session,
  sourceId: string,
  id: string,
  { limit, cursor }: ListQuery,
): Promise<ListPage<{ externalId: string }>> {
  await getDeletion(session, sourceId, id);
  const found = await asMember(session, ({ db }) =>
    db
      .selectFrom('sync_deletion_rows')
      .select('external_id as externalId')
      .where('deletion_id', '=', id)
      .$if(cursor !== undefined, (rows) => rows.where('external_id', '>', keyOf(cursor)))
      .orderBy('external_id')
      .limit(limit + 1)
      .execute(),
  );
  return pageOf(found, limit, ({ externalId }) => Buffer.from(externalId).toString('base64url'));
}

function keyOf(cursor = ''): string {
  return Buffer.from(cursor, 'base64url').toString();
}

function selectDeletions({ db }: Tx) {
  return db
    .selectFrom('sync_deletions')
    .select(['id', 'stream', 'reason', 'status', 'vanished', 'present'])
    .select(['run_id as runId', 'decided_at as decidedAt', 'created_at as createdAt'])
    .select(
      sql<string>`(select d.name from public.datasets d where d.id = sync_deletions.dataset_id)`.as(
        'dataset',
      ),
    )
    .$castTo<DeletionView>();
}
