import { cronRoute } from '#lib/api/cron-route.ts';
import type { Handler } from '#lib/api/respond.ts';
import { route } from '#lib/api/route.ts';
import { carriesCronSecret } from '#lib/api/secret.ts';
import { syncDue } from '#lib/sync/due.ts';
import { startSync, syncRequest } from '#lib/sync/start.ts';

const start = route({ body: syncRequest, status: 202 }, ({ session, body }) => startSync(session, body));

/** Every source that is due, for the clock: Vercel's calls with GET. */
export const GET = cronRoute(() => syncDue(), 202);

export const POST: Handler = (request, context) =>
  (carriesCronSecret(request) ? GET : start)(request, context);
