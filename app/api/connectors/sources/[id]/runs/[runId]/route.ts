import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getRun } from '#lib/sources/runs.ts';

const params = idParams.extend({ runId: z.guid() });

export const GET = route({ params }, ({ session, params }) => getRun(session, params.id, params.runId));
