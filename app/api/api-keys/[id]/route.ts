import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { revokeApiKey } from '#lib/auth/api-keys.ts';

export const DELETE = route({ params: idParams }, ({ session, params }) => revokeApiKey(session, params.id));
