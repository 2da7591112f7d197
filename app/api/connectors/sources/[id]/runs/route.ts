import { idParams, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { listRuns } from '#lib/sources/runs.ts';

export const GET = route({ params: idParams, query: listQuery }, ({ session, params, query }) =>
  listRuns(session, params.id, query),
);
