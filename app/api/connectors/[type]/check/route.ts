import { typeParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { checkSource } from '#lib/sources/check.ts';
import { accessInput } from '#lib/sources/definition.ts';

export const POST = route({ params: typeParams, body: accessInput }, ({ session, params, body }) => {
  const { config, credentials = null } = body;
  return checkSource(session, { type: params.type, config, credentials });
});
