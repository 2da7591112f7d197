import { openRoute } from '#lib/api/open-route.ts';
import { EntrepotError } from '#lib/core/errors.ts';

const nothing = openRoute({}, async () => {
  throw new EntrepotError('not_found', 'There is nothing at this address of the API.');
});

export const GET = nothing;
export const POST = nothing;
export const PUT = nothing;
export const PATCH = nothing;
export const DELETE = nothing;
