import { z } from 'zod';
import { idParams, listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { deletionStatuses, deletionView, listDeletions } from '#lib/sync/deletions/list.ts';

const query = listQuery.extend({
  status: z.enum(deletionStatuses).optional().meta({ description: 'Those of one status alone.' }),
});

export const GET = route(
  {
    summary: 'List the deletes of a source',
    description: 'Rows that vanished from it: removed, or held for a person; latest first.',
    params: idParams,
    query,
    response: listOf(deletionView),
  },
  ({ session, params, query: { status, ...page } }) =>
    listDeletions(session, { sourceId: params.id, status }, page),
);
