import { idParams, jobAccepted } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';

export const POST = route(
  {
    summary: 'Cancel a job',
    description:
      'It ends within a second or with its next page; rows that were committed stay. Its parts are cancelled with it.',
    params: idParams,
    response: jobAccepted,
    status: 202,
  },
  async ({ session, params }) => {
    await cancelJob(session, params.id);
    return { jobId: params.id };
  },
);
