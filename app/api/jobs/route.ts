import { listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { jobFilter, listJobs } from '#lib/jobs/jobs.ts';

const query = listQuery.extend(jobFilter.shape);

export const GET = route({ query }, ({ session, query }) => listJobs(session, query));
