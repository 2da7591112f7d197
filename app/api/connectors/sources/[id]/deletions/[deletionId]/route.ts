import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { decideDeletion, deletionDecision } from '#lib/sync/deletions/decide.ts';
import { deletionView, getDeletion } from '#lib/sync/deletions/list.ts';

const params = idParams.extend({ deletionId: z.guid() });

export const GET = route(
  { summary: 'Get a delete of a source', params, response: deletionView },
  ({ session, params }) => getDeletion(session, params.id, params.deletionId),
);

export const POST = route(
  {
    summary: 'Decide about a delete',
    description: 'Confirms or dismisses one that is held, or undoes one that was done.',
    params,
    body: deletionDecision,
    response: z.object({
      jobId: z
        .guid()
        .nullable()
        .meta({ description: 'The job that does it; null where there is nothing to do.' }),
    }),
  },
  ({ session, params, body }) => decideDeletion(session, params.id, params.deletionId, body.decision),
);
