import { z } from 'zod';
import { listOf, listQuery, nameParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { rowEvent, rowHistory } from '#lib/datasets/row-history.ts';

const query = listQuery.extend({
  sourceId: z.guid().optional().meta({ description: 'Absent for a row written by hand.' }),
  stream: z.string(),
  externalId: z.string().min(1),
});

export const GET = route(
  {
    summary: 'List what happened to a row',
    description:
      'By syncs and by people in the last 90 days, latest first; field by field, before and after.',
    params: nameParams,
    query,
    response: listOf(rowEvent),
  },
  ({ session, params, query: { sourceId = null, stream, externalId, ...page } }) =>
    rowHistory(session, params.name, { sourceId, stream, externalId }, page),
);
