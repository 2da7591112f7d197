import { z } from 'zod';
import { defineJob, type JobContext } from '#lib/jobs/contract.ts';
import { fenced } from '#lib/sync/fence.ts';
import { followUp } from '#lib/sync/follow-up.ts';
import { removeBatch, restoreBatch } from './apply.ts';
import { openDeletion } from './open.ts';
import { BATCH_MS } from './remove.ts';

const payload = z.object({ sourceId: z.uuid(), deletionId: z.uuid() });

/** Carries out what a person has decided about vanished rows: removes them, or brings them back. */
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
  after: ({ payload }) => followUp(payload),
});

/** Does the next batch, and answers whether it was the last. */
function isDone(context: JobContext<z.infer<typeof payload>>): Promise<boolean> {
  return fenced(
    context,
    async (tx) => {
      const deletion = await openDeletion(tx, context.payload.deletionId);
      if (deletion.status !== 'applying' && deletion.status !== 'undoing') return true;
      const batch = await (deletion.status === 'undoing' ? restoreBatch : removeBatch)(tx, deletion);
      return batch.last;
    },
    { currentPhase: 'writing' },
  );
}
