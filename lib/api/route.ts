import { admit } from '#lib/api/admit.ts';
import { type Call, readCall, type Shape, toResponse } from '#lib/api/call.ts';
import { once } from '#lib/api/idempotency.ts';
import { scopeOf } from '#lib/api/operation.ts';
import { type Handler, respond } from '#lib/api/respond.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { cookieJar } from '#lib/auth/cookies.ts';
import { requireScope } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { withLogContext } from '#lib/log.ts';

/**
 * A route for signed-in people and API keys: counts the calls of a key, authenticates, asks for its scope, answers a
 * repeat as it did before, parses, makes one call, and answers with its result as JSON, with 204 where that is
 * undefined, or with a `Response` as it is. The handler carries its documentation.
 */
export function route<Params = undefined, Query = undefined, Body = undefined, Result = unknown>(
  shape: Shape<Params, Query, Body, Result>,
  work: (
    call: Call<Params, Query, Body> & { readonly session: Session },
  ) => Promise<NoInfer<Result> | Response>,
): Handler {
  const handler: Handler = async (request, context) => {
    const cookies = cookieJar(request);
    const response = await respond(request, async (requestId) => {
      const key = request.headers.get('authorization');
      if (key !== null) await admit('key', key.replace(/^bearer /i, ''));
      const session = await authenticate(request, cookies);
      requireScope(session, scopeOf(request.method, shape));
      return withLogContext({ workspaceId: session.workspaceId }, () =>
        once({ request, acting: session, requestId }, async () =>
          toResponse(await work({ session, ...(await readCall(shape, request, context)) }), shape),
        ),
      );
    });
    for (const line of cookies.setCookies) response.headers.append('set-cookie', line);
    return response;
  };
  return Object.assign(handler, { operation: { ...shape, caller: 'member' as const } });
}
