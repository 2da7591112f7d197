import type { Instrumentation } from 'next';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';

/** An incomplete environment stops the server at its start, not the first request. */
export function register(): void {
  env();
}

/** What a page throws; routes answer and log their own errors. */
export const onRequestError: Instrumentation.onRequestError = (error, request, { routePath }) => {
  log().error({ error, method: request.method, route: routePath }, 'a page failed');
};
