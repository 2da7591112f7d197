import { type Handler, respond } from '#lib/api/respond.ts';
import { EntrepotError } from '#lib/core/errors.ts';

const nothing: Handler = (request) =>
  respond(request, async () => {
    throw new EntrepotError('not_found', 'There is nothing at this address of the API.');
  });

export const GET = nothing;
export const POST = nothing;
export const PUT = nothing;
export const PATCH = nothing;
export const DELETE = nothing;
