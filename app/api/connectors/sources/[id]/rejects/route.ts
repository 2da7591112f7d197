import { z } from 'zod';
import { idParams, listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { listRejects, rejectStatus, rejectView } from '#lib/sources/runs.ts';

const query = listQuery.extend({
  runId: z.guid().optional().meta({ description: 'Those of one sync alone.' }),
  stream: z.string().optional().meta({ description: 'Those of one stream alone.' }),
  status: rejectStatus.optional().meta({ description: 'Those that are open or resolved alone.' }),
  replayable: z.stringbool().optional().meta({
    description: 'Those alone that can be mapped once more from what is kept, or that cannot.',
  }),
});

export const GET = route(
  {
    summary: 'List the rejects of a source',
    description: 'Rows that its syncs have set aside, with the reason; oldest first.',
    params: idParams,
    query,
    response: listOf(rejectView),
  },
  ({ session, params, query: { limit, cursor, ...of } }) =>
    listRejects(session, { sourceId: params.id, ...of }, { limit, cursor }),
);
