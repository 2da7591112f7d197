import { typeParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { mapPreviewInput, previewMapping } from '#lib/sources/map-preview.ts';

export const POST = route({ params: typeParams, body: mapPreviewInput }, ({ session, params, body }) =>
  previewMapping(session, params.type, body),
);
