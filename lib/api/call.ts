import { z } from 'zod';
import { readJson } from '#lib/api/body.ts';
import { parseBody, parseParams, parseQuery } from '#lib/api/parse.ts';
import type { RouteContext } from '#lib/api/respond.ts';
import type { Scope } from '#lib/auth/roles.ts';
import type { ErrorCode } from '#lib/core/errors.ts';
import { etagOf } from '#lib/core/etag.ts';

/** What a route takes and answers, and how it is documented; what is absent here is not read. */
export interface Shape<Params, Query, Body, Result> {
  /** What the operation does, as a command: `List the sources`. Its name in clients is made of it. */
  readonly summary: string;
  /** What the summary leaves open, in sentences. */
  readonly description?: string;
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** What it answers; a schema that takes `undefined` means that it may answer 204. */
  readonly response: z.ZodType<Result>;
  /** JSON where absent. */
  readonly mediaType?: string;
  /** 200 where absent. */
  readonly status?: 200 | 201 | 202;
  /** What the caller must be allowed to do: `read` for GET and `write` for the rest where absent. */
  readonly scope?: Scope;
  /** The answer carries an `ETag` made of its `updatedAt`, and a change may carry `If-Match`. */
  readonly versioned?: boolean;
  /** What it may fail with beside what every route of its form may. */
  readonly errors?: readonly ErrorCode[];
}

/** A request as its route's schemas have made it. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The header of that name, for `requireUnchanged`. */
  readonly ifMatch: string | undefined;
  readonly request: Request;
}

/** Parses the path, then the query, then the body; throws `not_found`, `invalid`, `bad_request` or `too_large`. */
export async function readCall<Params, Query, Body>(
  shape: Shape<Params, Query, Body, unknown>,
  request: Request,
  context: RouteContext,
): Promise<Call<Params, Query, Body>> {
  const params = parseParams(shape.params, await context.params);
  const query = parseQuery(shape.query, request.url);
  const body = shape.body && parseBody(shape.body, await readJson(request));
  const ifMatch = request.headers.get('if-match') ?? undefined;
  return { params, query, body: body as Body, ifMatch, request };
}

const versionedResult = z.object({ updatedAt: z.string() });

/** A result as JSON, nothing as 204, a response as it is. */
export function toResponse(
  result: unknown,
  {
    status = 200,
    versioned = false,
  }: Pick<Shape<unknown, unknown, unknown, unknown>, 'status' | 'versioned'> = {},
): Response {
  if (result instanceof Response) return result;
  if (result === undefined) return new Response(null, { status: 204 });
  const headers = versioned ? { etag: etagOf(versionedResult.parse(result)) } : {};
  return Response.json(result, { status, headers });
}
