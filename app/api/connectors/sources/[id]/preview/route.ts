import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { changedAccessInput } from '#lib/sources/definition.ts';
import { previewStored } from '#lib/sources/stored.ts';

export const POST = route({ params: idParams, body: changedAccessInput }, ({ session, params, body }) =>
  previewStored(session, params.id, body),
);
