import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { jobEvents } from '#lib/jobs/events.ts';

/** Longer than a stream of events lasts, so that it is we who close it. */
export const maxDuration = 60;

const description = `Server-sent events: \`sync_progress\`, \`sync_completed\`, \`sync_error\` and \`notification\`, each with
the whole job as data and its version as id. The stream closes after 50 seconds or when the job ends; connect again
with \`Last-Event-ID\` to go on.`;

export const GET = route(
  {
    summary: 'Follow a job',
    description,
    params: idParams,
    response: z.string(),
    mediaType: 'text/event-stream',
  },
  async ({ session, params, request }) => {
    const lastEventId = request.headers.get('last-event-id');
    const events = await jobEvents(session, params.id, { lastEventId, signal: request.signal });
    // Whoever compressed the stream would hold its events back.
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' };
    return new Response(events, { headers });
  },
);
