import { asEntrepotError, errorTable, isEntrepotError } from '#lib/core/errors.ts';
import { log } from '#lib/log.ts';

/**
 * The response for an error, by the error table: `{ error: { code, message, requestId, fields? } }`, and when
 * to come back where that is known. An unknown error is logged and shown as `internal`.
 */
export function problem(thrown: unknown, requestId: string): Response {
  const error = asEntrepotError(thrown);
  const { status } = errorTable[error.code];
  if (status >= 500) log()[isEntrepotError(thrown) ? 'warn' : 'error']({ error: thrown }, 'a request failed');
  const { code, message, fields, retryAfterMs } = error;
  const headers = new Headers();
  if (retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  return Response.json({ error: { code, message, requestId, fields } }, { status, headers });
}
