import { typeParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { mapPreview, mapPreviewInput, previewMapping } from '#lib/sources/map-preview.ts';

export const POST = route(
  {
    summary: 'Preview a mapping',
    description: 'Maps rows as a sync would, and stores nothing.',
    params: typeParams,
    body: mapPreviewInput,
    response: mapPreview,
  },
  ({ session, params, body }) => previewMapping(session, params.type, body),
);
