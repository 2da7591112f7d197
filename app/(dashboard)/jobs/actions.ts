'use server';

import { action } from '#lib/api/action.ts';
import { idParams } from '#lib/api/params.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { retryJob } from '#lib/jobs/retry.ts';

export const cancel = action(idParams, async (session, { id }) => {
  await cancelJob(session, id);
  return { jobId: id };
});

/** Gives the job that runs it again. */
export const retry = action(idParams, async (session, { id }) => ({ jobId: await retryJob(session, id) }));
