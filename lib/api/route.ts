import type { z } from 'zod';
import { readJson } from '#lib/api/body.ts';
import { parse, parseParams, parseQuery } from '#lib/api/parse.ts';
import { type Handler, respond } from '#lib/api/respond.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { type CookieJar, cookieJar } from '#lib/auth/cookies.ts';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { withLogContext } from '#lib/log.ts';

/** What a route takes and with which status it answers; what is absent here is not read. */
interface Shape<Params, Query, Body> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** 200 where absent. */
  readonly status?: 200 | 201 | 202;
}

interface Call<Params, Query, Body> {
  readonly session: Session;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly request: Request;
}

/**
 * A route for signed-in people and API keys: authenticates, asks for an editor unless it only reads, parses,
 * makes one call and answers with its result as JSON, with 204 where that is undefined, or with a `Response`
 * as it is.
 */
export function route<Params = undefined, Query = undefined, Body = undefined>(
  shape: Shape<Params, Query, Body>,
  work: (call: Call<Params, Query, Body>) => Promise<unknown>,
): Handler {
  return (request, context) => {
    const cookies = cookieJar(request);
    const answered = respond(request, async () => {
      const session = await authenticate(request, cookies);
      if (request.method !== 'GET') requireRole(session, 'editor');
      return withLogContext({ workspaceId: session.workspaceId }, async () => {
        const params = parseParams(shape.params, await context.params);
        const query = parseQuery(shape.query, request.url);
        const body = shape.body ? parse(shape.body, await readJson(request)) : undefined;
        const result = await work({ session, params, query, body: body as Body, request });
        return toResponse(result, shape.status);
      });
    });
    return withCookies(answered, cookies);
  };
}

function toResponse(result: unknown, status = 200): Response {
  if (result instanceof Response) return result;
  return result === undefined ? new Response(null, { status: 204 }) : Response.json(result, { status });
}

async function withCookies(answered: Promise<Response>, { setCookies }: CookieJar): Promise<Response> {
  const response = await answered;
  for (const line of setCookies) response.headers.append('set-cookie', line);
  return response;
}
