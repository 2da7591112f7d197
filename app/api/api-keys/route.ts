import { listOf } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { apiKeyView, createApiKey, listApiKeys, madeApiKey, newApiKey } from '#lib/auth/api-keys.ts';

/** All of them: a workspace has few. */
export const GET = route(
  {
    summary: 'List API keys',
    description: 'The newest first, revoked ones too.',
    response: listOf(apiKeyView),
  },
  async ({ session }) => ({ items: await listApiKeys(session), nextCursor: null }),
);

export const POST = route(
  {
    summary: 'Create an API key',
    description: 'With at most the rights of whoever makes it. The key itself is answered this once.',
    body: newApiKey,
    response: madeApiKey,
    status: 201,
  },
  ({ session, body }) => createApiKey(session, body),
);
