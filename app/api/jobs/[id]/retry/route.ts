import { idParams, jobAccepted } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { retryJob } from '#lib/jobs/retry.ts';

export const POST = route(
  {
    summary: 'Run a failed job again',
    description: 'It goes on from the last page that it has committed.',
    params: idParams,
    response: jobAccepted,
    status: 202,
  },
  async ({ session, params }) => {
    await retryJob(session, params.id);
    return { jobId: params.id };
  },
);
