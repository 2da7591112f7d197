import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { startedRun } from '#lib/sync/create-run.ts';
import { startReplay } from '#lib/sync/start.ts';

export const POST = route(
  {
    summary: 'Replay the rejects of a source',
    description:
      'Maps the rows that its syncs have set aside once more, as its mapping is now, and brings in those that fit.',
    params: idParams,
    response: startedRun,
    status: 202,
  },
  ({ session, params }) => startReplay(session, params.id),
);
