'use server';

import { action } from '#lib/api/action.ts';
import { idParams } from '#lib/api/params.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { retryJob } from '#lib/jobs/retry.ts';

export const cancel = action(idParams, (session, { id }) => cancelJob(session, id));

export const retry = action(idParams, (session, { id }) => retryJob(session, id));
