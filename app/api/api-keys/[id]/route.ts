import { idParams, nothing } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { revokeApiKey } from '#lib/auth/api-keys.ts';

export const DELETE = route(
  {
    summary: 'Revoke an API key',
    description: 'At once and for good. Its maker may, and an owner.',
    params: idParams,
    response: nothing,
  },
  ({ session, params }) => revokeApiKey(session, params.id),
);
