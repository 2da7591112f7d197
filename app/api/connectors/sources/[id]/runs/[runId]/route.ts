import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getRun, runView } from '#lib/sources/runs.ts';

const params = idParams.extend({ runId: z.guid() });

export const GET = route(
  { summary: 'Get a run of a source', params, response: runView },
  ({ session, params }) => getRun(session, params.id, params.runId),
);
