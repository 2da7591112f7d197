import { type Call, readCall, type Shape, toResponse } from '#lib/api/call.ts';
import { type Handler, respond } from '#lib/api/respond.ts';
import { authenticate, onlyReads } from '#lib/auth/authenticate.ts';
import { cookieJar } from '#lib/auth/cookies.ts';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { withLogContext } from '#lib/log.ts';

/**
 * A route for signed-in people and API keys: authenticates, asks for an editor unless it only reads, parses,
 * makes one call, and answers with its result as JSON, with 204 where that is undefined, or with a `Response`
 * as it is.
 */
export function route<Params = undefined, Query = undefined, Body = undefined>(
  shape: Shape<Params, Query, Body>,
  work: (call: Call<Params, Query, Body> & { readonly session: Session }) => Promise<unknown>,
): Handler {
  return async (request, context) => {
    const cookies = cookieJar(request);
    const response = await respond(request, async () => {
      const session = await authenticate(request, cookies);
      if (!onlyReads(request)) requireRole(session, 'editor');
      return withLogContext({ workspaceId: session.workspaceId }, async () =>
        toResponse(await work({ session, ...(await readCall(shape, request, context)) }), shape.status),
      );
    });
    for (const line of cookies.setCookies) response.headers.append('set-cookie', line);
    return response;
  };
}
