import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { retryJob } from '#lib/jobs/retry.ts';

export const POST = route({ params: idParams, status: 202 }, async ({ session, params }) => {
  await retryJob(session, params.id);
  return { jobId: params.id };
});
