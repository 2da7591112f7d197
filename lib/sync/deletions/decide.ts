import { sql } from 'kysely';
import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { ring } from '#lib/jobs/bell.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { deletionJob, works } from './job.ts';

export const deletionDecision = z
  .strictObject({
    decision: z.enum(['confirm', 'dismiss', 'undo']).meta({
      description: 'confirm: remove the rows. dismiss: keep them. undo: bring removed rows back.',
    }),
  })
  .meta({ examples: [{ decision: 'confirm' }] });
export type DeletionDecision = z.output<typeof deletionDecision>['decision'];

/** From which status each decision leads where. */
const steps = { ...works, dismiss: { from: 'held', to: 'dismissed' } } as const;

/**
 * Decides about rows that vanished from a source. Rows that are kept or brought back stay until the source has
 * shown them once more. Throws `not_found`, and `conflict` where that was decided already or the source is being
 * synced. Gives the job that does the work, where there is any.
 */
export async function decideDeletion(
  session: Session,
  sourceId: string,
  id: string,
  decision: DeletionDecision,
): Promise<{ jobId: string | null }> {
  requireRole(session, 'editor');
  const { from, to } = steps[decision];
  const jobId = await asMember(session, async (tx) => {
    const job =
      decision === 'dismiss'
        ? null
        : await enqueue(
            tx,
            session,
            deletionJob,
            { sourceId, deletionId: id, decision },
            { singletonKey: `sync:${sourceId}` },
          );
    const found = await tx.db
      .selectFrom('sync_deletions')
      .select('status')
      .where('id', '=', id)
      .where('source_id', '=', sourceId)
      .forUpdate()
      .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'There is no such deletion.'));
    if (found.status !== from) throw alreadyDecided(found.status);
    await tx.db
      .updateTable('sync_deletions')
      .set({ status: to, decided_at: sql`now()`, decided_by: sql`private.acting_user()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'deletion.decided', sourceId, { deletionId: id, decision });
    return job;
  });
  if (jobId) await ring(jobId, 0);
  return { jobId };
}

function alreadyDecided(status: string): EntrepotError {
  return new EntrepotError('conflict', `This is not to be decided any more: the deletion is ${status}.`);
}
