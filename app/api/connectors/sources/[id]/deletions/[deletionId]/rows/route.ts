import { z } from 'zod';
import { idParams, listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { listDeletionRows } from '#lib/sync/deletions/list.ts';

const params = idParams.extend({ deletionId: z.guid() });

export const GET = route(
  {
    summary: 'List the rows of a delete',
    params,
    query: listQuery,
    response: listOf(z.object({ externalId: z.string() })),
  },
  ({ session, params, query }) => listDeletionRows(session, params.id, params.deletionId, query),
);
