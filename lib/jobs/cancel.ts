import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { ring } from '#lib/jobs/bell.ts';
import { fromNow } from '#lib/jobs/lease.ts';
import { whyNot } from '#lib/jobs/refusal.ts';

const LIVE = ['queued', 'running'];

/**
 * Asks for a job to be cancelled. Its worker hears of it within a second or with its next page; a queued job is
 * due at once, for a worker to end it. Throws `not_found`, `forbidden`, or `conflict` where it has ended.
 */
export async function cancelJob(acting: Acting, jobId: string): Promise<void> {
  const job = await asMember(acting, async (tx) => {
    const asked = await tx.db
      .updateTable('jobs')
      .set({ cancel_requested_at: fromNow(0), due_at: fromNow(0) })
      .where('id', '=', jobId)
      .where('status', 'in', LIVE)
      .returning(['status', 'seq'])
      .executeTakeFirst();
    if (!asked) throw await whyNot(tx, jobId, 'cancelled', LIVE);
    await audit(tx, 'job.cancelled', jobId);
    return asked;
  });
  if (job.status === 'queued') await ring(jobId, job.seq, { fresh: true });
}
