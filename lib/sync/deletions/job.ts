import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#lib/db/transaction.ts';
import { defineJob, type JobContext } from '#lib/jobs/contract.ts';
import { fenced } from '#lib/sync/fence.ts';
import { followUp } from '#lib/sync/follow-up.ts';
import { removeBatch, restoreBatch } from './apply.ts';
import { openDeletion } from './open.ts';
import { BATCH_MS } from './remove.ts';

const payload = z.object({
  sourceId: z.uuid(),
  deletionId: z.uuid(),
  decision: z.enum(['confirm', 'undo']),
});
type Decided = z.output<typeof payload>;

/** From which status each decision that is work leads where, for as long as it is at work. */
export const works = {
  confirm: { from: 'held', to: 'applying' },
  undo: { from: 'applied', to: 'undoing' },
} as const;

/**
 * Carries out what a person has decided about vanished rows: removes them, or brings them back. Where it is cancelled or
 * fails, it can be decided about the rest again.
 */
export const deletionJob = defineJob({
  kind: 'deletion',
  payloadVersion: 1,
  payload,
  async slice(context) {
    while (!(await isDone(context))) {
      if (context.timeLeft() < BATCH_MS) return { outcome: 'again' };
    }
    return { outcome: 'done', result: null };
  },
  async settle(tx, { payload: { deletionId, decision } }, { status }) {
    if (status !== 'completed') await move(tx, deletionId, works[decision].to, works[decision].from);
  },
  after: ({ payload }) => followUp(payload),
});

/** Does the next batch, and answers whether it was the last. */
function isDone(context: JobContext<Decided>): Promise<boolean> {
  const { deletionId, decision } = context.payload;
  const { from, to } = works[decision];
  return fenced(
    context,
    async (tx) => {
      // Of one that is run again after it has failed.
      await move(tx, deletionId, from, to);
      const deletion = await openDeletion(tx, deletionId);
      if (deletion.status !== to) return true;
      const batch = await (decision === 'undo' ? restoreBatch : removeBatch)(tx, deletion);
      return batch.last;
    },
    { currentPhase: 'writing' },
  );
}

async function move({ db }: Tx, id: string, from: string, to: string): Promise<void> {
  await sql`update public.sync_deletions set status = ${to} where id = ${id} and status = ${from}`.execute(
    db,
  );
}
