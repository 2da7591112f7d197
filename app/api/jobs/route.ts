import { listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { listJobs } from '#lib/jobs/jobs.ts';

export const GET = route({ query: listQuery }, ({ session, query }) => listJobs(session, query));
