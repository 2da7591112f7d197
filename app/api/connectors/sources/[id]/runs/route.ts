import { idParams, listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { listRuns, runView } from '#lib/sources/runs.ts';

export const GET = route(
  {
    summary: 'List the runs of a source',
    description: 'Its syncs, latest first.',
    params: idParams,
    query: listQuery,
    response: listOf(runView),
  },
  ({ session, params, query }) => listRuns(session, params.id, query),
);
