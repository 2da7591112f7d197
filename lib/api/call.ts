import type { z } from 'zod';
import { readJson } from '#lib/api/body.ts';
import { parseBody, parseParams, parseQuery } from '#lib/api/parse.ts';
import type { RouteContext } from '#lib/api/respond.ts';

/** What a route takes and with which status it answers; what is absent here is not read. */
export interface Shape<Params, Query, Body> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** 200 where absent. */
  readonly status?: 200 | 201 | 202;
}

/** A request as its route's schemas have made it. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly request: Request;
}

/** Parses the path, then the query, then the body; throws `not_found`, `invalid`, `bad_request` or `too_large`. */
export async function readCall<Params, Query, Body>(
  shape: Shape<Params, Query, Body>,
  request: Request,
  context: RouteContext,
): Promise<Call<Params, Query, Body>> {
  const params = parseParams(shape.params, await context.params);
  const query = parseQuery(shape.query, request.url);
  const body = shape.body && parseBody(shape.body, await readJson(request));
  return { params, query, body: body as Body, request };
}

/** A result as JSON, nothing as 204, a response as it is. */
export function toResponse(result: unknown, status = 200): Response {
  if (result instanceof Response) return result;
  return result === undefined ? new Response(null, { status: 204 }) : Response.json(result, { status });
}
