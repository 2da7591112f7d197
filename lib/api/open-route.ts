import { type Call, readCall, type Shape, toResponse } from '#lib/api/call.ts';
import { type Handler, respond } from '#lib/api/respond.ts';

/** A route that anyone may call; what it does then, it decides by what the request carries. */
export function openRoute<Params = undefined, Query = undefined, Result = unknown>(
  shape: Shape<Params, Query, undefined, Result>,
  work: (call: Call<Params, Query, undefined>) => Promise<NoInfer<Result> | Response>,
): Handler {
  const handler: Handler = (request, context) =>
    respond(request, async () => toResponse(await work(await readCall(shape, request, context)), shape));
  return Object.assign(handler, { operation: { ...shape, caller: 'anyone' as const } });
}
