'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '#lib/api/action.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { sourceInput, sourcePatch } from '#lib/sources/definition.ts';
import { deleteSource } from '#lib/sources/remove.ts';
import { createSource, updateSource } from '#lib/sources/sources.ts';
import { makeWebhook, removeWebhook } from '#lib/sources/webhook.ts';
import { decideDeletion, deletionDecision } from '#lib/sync/deletions/decide.ts';
import { startReplay, startSync, syncRequest } from '#lib/sync/start.ts';

const id = z.guid();

export const addSource = action(sourceInput, async (session, input) => {
  const source = await createSource(session, input);
  revalidatePath('/sources', 'layout');
  return { id: source.id };
});

const sync = z.strictObject({ id, dryRun: z.boolean().optional() });

/** Starts a full sync of one source, or a dry run that shows what it would change. */
export const syncNow = action(sync, async (session, { id: sourceId, dryRun }) => {
  const { runs } = await startSync(session, syncRequest.parse({ sourceId, dryRun }));
  revalidatePath('/sources', 'layout');
  return { jobId: runs[0]?.jobId ?? null, runId: runs[0]?.runId ?? null };
});

export const cancelSync = action(z.strictObject({ jobId: id }), async (session, { jobId }) => {
  await cancelJob(session, jobId);
});

/** Maps what the source's syncs have set aside once more, as its mapping is now. */
export const replayRejects = action(z.strictObject({ id }), async (session, input) => {
  const { jobId } = await startReplay(session, input.id);
  revalidatePath('/sources', 'layout');
  return { jobId };
});

const decision = deletionDecision.extend({ sourceId: id, id });

/** Removes rows that vanished from a source, keeps them, or brings them back. */
export const decideDelete = action(decision, async (session, input) => {
  const answer = await decideDeletion(session, input.sourceId, input.id, input.decision);
  revalidatePath('/sources', 'layout');
  return answer;
});

export const changeSource = action(z.strictObject({ id, patch: sourcePatch }), async (session, input) => {
  const { updatedAt } = await updateSource(session, input.id, input.patch);
  revalidatePath('/sources', 'layout');
  return { updatedAt };
});

/** Gives a source an address at which it says that it has changed; an earlier one ends. */
export const renewWebhook = action(z.strictObject({ id }), async (session, input) => {
  const made = await makeWebhook(session, input.id);
  revalidatePath('/sources', 'layout');
  return made;
});

export const endWebhook = action(z.strictObject({ id }), async (session, input) => {
  await removeWebhook(session, input.id);
  revalidatePath('/sources', 'layout');
});

const removal = z.strictObject({ id, rows: z.enum(['keep', 'remove']) });

export const removeSource = action(removal, async (session, input) => {
  await deleteSource(session, input.id, input.rows);
  revalidatePath('/sources', 'layout');
  redirect('/sources');
});
