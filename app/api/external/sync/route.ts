import { clockOr, cronRoute } from '#lib/api/cron-route.ts';
import { route } from '#lib/api/route.ts';
import { syncDue } from '#lib/sync/due.ts';
import { startedRuns, startSync, syncRequest } from '#lib/sync/start.ts';

const start = route(
  {
    summary: 'Start a sync',
    description:
      'Of one source, or of all that are enabled, mapped and not being synced. The answer comes at once; follow the job.',
    body: syncRequest,
    response: startedRuns,
    status: 202,
  },
  ({ session, body }) => startSync(session, body),
);

/** Every source that is due, for the clock: Vercel's calls with GET. */
export const GET = cronRoute(() => syncDue(), 202);

export const POST = clockOr(GET, start);
