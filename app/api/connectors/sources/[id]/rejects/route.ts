import { z } from 'zod';
import { idParams, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { listRejects } from '#lib/sources/runs.ts';

const query = listQuery.extend({ runId: z.guid().optional() });

export const GET = route({ params: idParams, query }, ({ session, params, query: { runId, ...page } }) =>
  listRejects(session, { sourceId: params.id, runId }, page),
);
