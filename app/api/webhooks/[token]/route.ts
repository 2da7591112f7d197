import { z } from 'zod';
import { admit } from '#lib/api/admit.ts';
import { readBody } from '#lib/api/body.ts';
import { openRoute } from '#lib/api/open-route.ts';
import { webhookToken } from '#lib/sources/webhook.ts';
import { startedRuns } from '#lib/sync/start.ts';
import { calledSource, takeCall } from '#lib/sync/webhooks.ts';

export const POST = openRoute(
  {
    summary: 'Say that a source has changed',
    description:
      'The address of a source’s webhook. Starts an incremental sync; while one is under way the answer names none, and a single further one follows it for all calls that came meanwhile. Whatever the body holds is not looked at: rows come from the source alone.',
    params: z.object({ token: webhookToken.meta({ description: 'The secret part of the address.' }) }),
    response: startedRuns,
    status: 202,
    errors: ['too_large', 'too_many_requests'],
  },
  async ({ params: { token }, request }) => {
    const sourceId = await calledSource(token);
    await admit('webhook', sourceId);
    await readBody(request);
    return takeCall(sourceId);
  },
);
