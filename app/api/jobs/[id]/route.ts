import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getJob } from '#lib/jobs/jobs.ts';

const query = z.strictObject({ since: z.coerce.number().int().min(0).default(0) });

/** The job, or 204 while it is still at the version that the caller has seen. */
export const GET = route({ params: idParams, query }, async ({ session, params, query }) => {
  const job = await getJob(session, params.id);
  return job.version > query.since ? job : undefined;
});
