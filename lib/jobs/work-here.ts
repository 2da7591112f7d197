import { randomUUID } from 'node:crypto';
import { ring, ringAll } from '#lib/jobs/bell.ts';
import { claim } from '#lib/jobs/claim.ts';
import { freePlaces, inPlace } from '#lib/jobs/places.ts';
import { defaultWorkshop, runTurn } from '#lib/jobs/runner.ts';
import { ringWaiting } from '#lib/jobs/waiting.ts';

/**
 * Takes a turn of a job in this process, past the queue: for what has to be done although the queue does not come.
 * Does nothing where somebody else is at it, or this process has no place for it.
 */
export async function workHere({ id, seq }: { readonly id: string; readonly seq: number }): Promise<void> {
  const workshop = defaultWorkshop();
  const message = { jobId: id, seq, messageId: `here-${randomUUID()}`, retried: 0 };
  const end = await inPlace(async (hasPlace) => {
    const claimed = await claim(message, workshop.timings.leaseMs, hasPlace);
    return claimed.outcome === 'claimed' ? runTurn(claimed.job, workshop) : undefined;
  });
  await ringWaiting(freePlaces());
  if (end?.outcome === 'next') await ring(id, end.turn.seq, { notBefore: new Date(end.turn.dueAt) });
  if (end && 'released' in end) await ringAll(end.released);
}
