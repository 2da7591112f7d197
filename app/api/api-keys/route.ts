import { route } from '#lib/api/route.ts';
import { createApiKey, listApiKeys, newApiKey } from '#lib/auth/api-keys.ts';

/** All of them: a workspace has few. */
export const GET = route({}, async ({ session }) => ({
  items: await listApiKeys(session),
  nextCursor: null,
}));

export const POST = route({ body: newApiKey, status: 201 }, ({ session, body }) =>
  createApiKey(session, body),
);
