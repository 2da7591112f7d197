import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';

export const POST = route({ params: idParams, status: 202 }, async ({ session, params }) => {
  await cancelJob(session, params.id);
  return { jobId: params.id };
});
