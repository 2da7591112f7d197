import { typeParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { accessInput } from '#lib/sources/definition.ts';
import { previewSource } from '#lib/sources/preview.ts';

export const POST = route({ params: typeParams, body: accessInput }, ({ session, params, body }) => {
  const { dataset, config, credentials = null } = body;
  return previewSource(session, { type: params.type, config, credentials }, dataset);
});
