import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { jobEvents } from '#lib/jobs/events.ts';

/** Longer than a stream of events lasts, so that it is we who close it. */
export const maxDuration = 60;

export const GET = route({ params: idParams }, async ({ session, params, request }) => {
  const lastEventId = request.headers.get('last-event-id');
  const events = await jobEvents(session, params.id, { lastEventId, signal: request.signal });
  // Whoever compressed the stream would hold its events back.
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' };
  return new Response(events, { headers });
});
