'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '#lib/api/action.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { sourceInput, sourcePatch } from '#lib/sources/definition.ts';
import { deleteSource } from '#lib/sources/remove.ts';
import { createSource, updateSource } from '#lib/sources/sources.ts';
import { startSync, syncRequest } from '#lib/sync/start.ts';

const id = z.guid();

export const addSource = action(sourceInput, async (session, input) => {
  const source = await createSource(session, input);
  revalidatePath('/sources', 'layout');
  return { id: source.id };
});

/** Starts a full sync of one source. */
export const syncNow = action(z.strictObject({ id }), async (session, input) => {
  const { runs } = await startSync(session, syncRequest.parse({ sourceId: input.id }));
  revalidatePath('/sources', 'layout');
  return { jobId: runs[0]?.jobId ?? null };
});

export const cancelSync = action(z.strictObject({ jobId: id }), async (session, { jobId }) => {
  await cancelJob(session, jobId);
});

export const changeSource = action(z.strictObject({ id, patch: sourcePatch }), async (session, input) => {
  const { updatedAt } = await updateSource(session, input.id, input.patch);
  revalidatePath('/sources', 'layout');
  return { updatedAt };
});

const removal = z.strictObject({ id, rows: z.enum(['keep', 'remove']) });

export const removeSource = action(removal, async (session, input) => {
  await deleteSource(session, input.id, input.rows);
  revalidatePath('/sources', 'layout');
  redirect('/sources');
});
