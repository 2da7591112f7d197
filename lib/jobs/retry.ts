import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ring } from '#lib/jobs/bell.ts';
import { whyNot } from '#lib/jobs/refusal.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Queues a failed job once more: it goes on from its last committed page. Throws `not_found`, `forbidden`, or
 * `conflict` where it has not failed or another like it is under way.
 */
export async function retryJob(acting: Acting, jobId: string): Promise<void> {
  const seq = await asMember(acting, async (tx) => {
    const turn = await nextTurn(tx, jobId);
    if (turn === null) throw await whyNot(tx, jobId, 'retried', ['failed']);
    await audit(tx, 'job.retried', jobId);
    return turn;
  });
  await ring(jobId, seq);
}

async function nextTurn({ db }: Tx, jobId: string): Promise<number | null> {
  try {
    const { rows } = await sql<{ seq: number | null }>`select private.retry_job(${jobId}) as seq`.execute(db);
    return rows[0]?.seq ?? null;
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === UNIQUE_VIOLATION)) throw cause;
    throw new EntrepotError(
      'conflict',
      'Another job for the same is queued or running. Wait until it has ended.',
      {
        cause,
      },
    );
  }
}
