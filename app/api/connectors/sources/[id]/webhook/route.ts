import { idParams, nothing } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getWebhook, madeWebhook, makeWebhook, removeWebhook, webhookView } from '#lib/sources/webhook.ts';

export const GET = route(
  {
    summary: 'Get the webhook of a source',
    description: 'Its address is shown once, when it is made.',
    params: idParams,
    response: webhookView,
  },
  ({ session, params }) => getWebhook(session, params.id),
);

export const POST = route(
  {
    summary: 'Make the webhook of a source',
    description:
      'An address to be called with POST whenever something has changed at the source; an earlier one ends. It counts while `syncFrequency` is `realtime`.',
    params: idParams,
    response: madeWebhook,
    status: 201,
  },
  ({ session, params }) => makeWebhook(session, params.id),
);

export const DELETE = route(
  { summary: 'Remove the webhook of a source', params: idParams, response: nothing },
  ({ session, params }) => removeWebhook(session, params.id),
);
