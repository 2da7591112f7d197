import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getJob, jobView } from '#lib/jobs/jobs.ts';

const query = z.strictObject({
  since: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'The version you have seen: while there is no newer one, the answer is 204.' }),
});

export const GET = route(
  { summary: 'Get a job', params: idParams, query, response: jobView.optional() },
  async ({ session, params, query }) => {
    const job = await getJob(session, params.id);
    return job.version > query.since ? job : undefined;
  },
);
