import { z } from 'zod';
import { idParams, listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { changeView, listChanges } from '#lib/sync/run-changes.ts';

const params = idParams.extend({ runId: z.guid() });

export const GET = route(
  {
    summary: 'List what a run changed',
    description:
      'Updates, deletes and returns, field by field, then the rows that it inserted. Of a dry run, what it would change.',
    params,
    query: listQuery,
    response: listOf(changeView),
  },
  ({ session, params, query }) => listChanges(session, params.id, params.runId, query),
);
