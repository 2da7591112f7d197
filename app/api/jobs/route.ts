import { listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { jobFilter, jobView, listJobs } from '#lib/jobs/jobs.ts';

const query = listQuery.extend(jobFilter.shape);

export const GET = route(
  { summary: 'List jobs', description: 'Latest first.', query, response: listOf(jobView) },
  ({ session, query }) => listJobs(session, query),
);
