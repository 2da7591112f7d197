import { idParams } from '#lib/api/params.ts';
import { readErrors } from '#lib/api/read-errors.ts';
import { route } from '#lib/api/route.ts';
import { changedAccessInput } from '#lib/sources/definition.ts';
import { sourcePreview } from '#lib/sources/preview.ts';
import { previewStored } from '#lib/sources/stored.ts';

export const POST = route(
  {
    summary: 'Preview a saved source',
    description: 'As it is, or with changes that are not saved yet.',
    params: idParams,
    body: changedAccessInput,
    response: sourcePreview,
    errors: readErrors,
  },
  ({ session, params, body }) => previewStored(session, params.id, body),
);
