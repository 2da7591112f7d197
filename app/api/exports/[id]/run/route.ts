import { idParams, jobAccepted } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { runExport } from '#lib/exports/runs.ts';

export const POST = route(
  {
    summary: 'Run an export',
    description: 'The answer comes at once; follow the job, whose result has a link to each file.',
    params: idParams,
    response: jobAccepted,
    status: 202,
  },
  ({ session, params }) => runExport(session, params.id),
);
