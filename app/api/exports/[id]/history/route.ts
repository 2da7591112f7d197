import { idParams, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { exportHistory } from '#lib/exports/runs.ts';

export const GET = route({ params: idParams, query: listQuery }, ({ session, params, query }) =>
  exportHistory(session, params.id, query),
);
