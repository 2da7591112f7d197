import { idParams, listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { exportHistory, exportRun } from '#lib/exports/runs.ts';

export const GET = route(
  {
    summary: 'List the runs of an export',
    description: 'Latest first, with a new link to each file that is still kept.',
    params: idParams,
    query: listQuery,
    response: listOf(exportRun),
  },
  ({ session, params, query }) => exportHistory(session, params.id, query),
);
