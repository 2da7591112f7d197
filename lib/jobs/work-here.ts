import { randomUUID } from 'node:crypto';
import { ring } from '#lib/jobs/bell.ts';
import { claim } from '#lib/jobs/claim.ts';
import { defaultWorkshop, runTurn } from '#lib/jobs/runner.ts';
import { ringWaiting } from '#lib/jobs/sweep.ts';

/**
 * Takes a turn of a job in this process, past the queue: for what has to be done although the queue does not come.
 * Does nothing where somebody else is at it.
 */
export async function workHere({ id, seq }: { readonly id: string; readonly seq: number }): Promise<void> {
  const workshop = defaultWorkshop();
  const message = { jobId: id, seq, messageId: `here-${randomUUID()}`, retried: 0 };
  const claimed = await claim(message, workshop.timings.leaseMs);
  if (claimed.outcome !== 'claimed') return;
  const end = await runTurn(claimed.job, workshop);
  await ringWaiting(claimed.job.workspaceId);
  if (end.outcome === 'next') await ring(id, end.turn.seq, { notBefore: new Date(end.turn.dueAt) });
}
