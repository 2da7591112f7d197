import { readBody } from '#lib/api/body.ts';
import { type Handler, respond } from '#lib/api/respond.ts';

/**
 * A route for the queue alone: hands on the raw body, read within the limit, for `receive` to check the
 * signature over it.
 */
export function queueRoute(receive: (request: Request) => Promise<Response>): Handler {
  return (request) =>
    respond(request, async () => {
      const { method, url, headers } = request;
      return receive(new Request(url, { method, headers, body: await readBody(request) }));
    });
}
