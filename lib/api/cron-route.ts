import { toResponse } from '#lib/api/call.ts';
import { type Handler, respond } from '#lib/api/respond.ts';
import { carriesCronSecret } from '#lib/api/secret.ts';
import { EntrepotError } from '#lib/core/errors.ts';

/** A route for the clock alone: `Authorization: Bearer <CRON_SECRET>`; answers with the result as JSON. */
export function cronRoute(work: () => Promise<unknown>, status: 200 | 202 = 200): Handler {
  return (request) =>
    respond(request, async () => {
      if (!carriesCronSecret(request)) {
        throw new EntrepotError('unauthenticated', 'This address is for the schedule and its secret alone.');
      }
      return toResponse(await work(), { status });
    });
}

/** One address for both: for the clock where the call carries its secret, else as `members` has it. */
export function clockOr(clock: Handler, members: Handler): Handler {
  const handler: Handler = (request, context) =>
    (carriesCronSecret(request) ? clock : members)(request, context);
  return Object.assign(handler, { operation: members.operation });
}
