import { randomUUID } from 'node:crypto';
import { refuseLongBody } from '#lib/api/body.ts';
import type { Operation } from '#lib/api/operation.ts';
import { problem } from '#lib/api/problem.ts';
import { log, withLogContext } from '#lib/log.ts';

/** A request's end in the application: what a `route.ts` exports for a method. */
export interface Handler {
  (request: Request, context: RouteContext): Promise<Response>;
  /** Its documentation, unless it is one for our own machinery. */
  readonly operation?: Operation;
}

export interface RouteContext {
  readonly params: Promise<Record<string, string | string[] | undefined>>;
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/**
 * Runs `work` under the request's id, which the response and every log line carry; whatever `work` throws is
 * answered by the error table. The query is not logged, which may hold a download's token, nor a webhook's address.
 */
export function respond(request: Request, work: (requestId: string) => Promise<Response>): Promise<Response> {
  const requestId = requestIdOf(request);
  return withLogContext({ requestId }, async () => {
    const started = performance.now();
    const response = await answer(request, () => work(requestId)).catch((error: unknown) =>
      problem(error, requestId),
    );
    response.headers.set('x-request-id', requestId);
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    const { method, url } = request;
    const ms = Math.round(performance.now() - started);
    log().info({ method, path: pathOf(url), status: response.status, ms }, 'answered');
    return response;
  });
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/^(\/api\/webhooks\/).+/, '$1…');
}

async function answer(request: Request, work: () => Promise<Response>): Promise<Response> {
  refuseLongBody(request);
  const { body, status, headers } = await work();
  // A copy, for the headers of some responses cannot be changed.
  return new Response(body, { status, headers });
}

/** The id given by whoever stands before us, else one of our own. */
function requestIdOf({ headers }: Request): string {
  const given = headers.get('x-request-id') ?? headers.get('x-vercel-id') ?? '';
  return REQUEST_ID.test(given) ? given : randomUUID();
}
