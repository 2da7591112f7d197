import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { checkResult } from '#lib/sources/check.ts';
import { changedAccessInput } from '#lib/sources/definition.ts';
import { checkStored } from '#lib/sources/stored.ts';

export const POST = route(
  {
    summary: 'Check a saved source',
    description: 'As it is, or with changes that are not saved yet.',
    params: idParams,
    body: changedAccessInput,
    response: checkResult,
    errors: ['throttled', 'unavailable'],
  },
  ({ session, params, body }) => checkStored(session, params.id, body),
);
