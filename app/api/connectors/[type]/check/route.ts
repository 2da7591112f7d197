import { typeParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { checkResult, checkSource } from '#lib/sources/check.ts';
import { accessInput } from '#lib/sources/definition.ts';

export const POST = route(
  {
    summary: 'Check access to a source',
    description: 'Tries it without saving anything. A source that cannot be read is an answer, not an error.',
    params: typeParams,
    body: accessInput,
    response: checkResult,
    errors: ['throttled', 'unavailable'],
  },
  ({ session, params, body }) => {
    const { config, credentials = null, force } = body;
    return checkSource(session, { type: params.type, config, credentials }, { force });
  },
);
