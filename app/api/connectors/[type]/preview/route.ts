import { typeParams } from '#lib/api/params.ts';
import { readErrors } from '#lib/api/read-errors.ts';
import { route } from '#lib/api/route.ts';
import { accessInput } from '#lib/sources/definition.ts';
import { previewSource, sourcePreview } from '#lib/sources/preview.ts';

export const POST = route(
  {
    summary: 'Preview a source',
    description: 'Reads the first rows without saving anything, and suggests columns, a key and a mapping.',
    params: typeParams,
    body: accessInput,
    response: sourcePreview,
    errors: readErrors,
  },
  ({ session, params, body }) => {
    const { dataset, config, credentials = null, force } = body;
    return previewSource(session, { type: params.type, config, credentials }, { dataset, force });
  },
);
