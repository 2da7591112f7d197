import { idParams, jobAccepted } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { retryJob } from '#lib/jobs/retry.ts';

export const POST = route(
  {
    summary: 'Run a failed job again',
    description:
      'As a new job, which the answer names: `retryOf` says which it runs again. A sync goes on from the last page that was committed; of a batch, what was not completed is run again. The first time it begins at once, later 5, 10, 20 … seconds after it has failed, 10 minutes at most.',
    params: idParams,
    response: jobAccepted,
    status: 202,
  },
  async ({ session, params }) => ({ jobId: await retryJob(session, params.id) }),
);
