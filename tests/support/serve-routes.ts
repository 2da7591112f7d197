import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { dispatch, loadRoutes } from '#tests/support/routes.ts';

// Serves the API's handlers on the port of APP_URL, without Next; started by application.ts.

const routes = await loadRoutes();
const server = createServer(async (request, response) => {
  const answered = await dispatch(routes, toRequest(request));
  response.writeHead(answered.status, [...answered.headers].flat());
  const body = Readable.fromWeb((answered.body ?? new Blob().stream()) as ReadableStream);
  await pipeline(body, response).catch(() => undefined);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('listening'));

function toRequest(request: IncomingMessage): Request {
  const { method = 'GET', url = '/', headersDistinct } = request;
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const body = method === 'GET' ? null : (Readable.toWeb(request) as unknown as BodyInit);
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' };
  return new Request(`http://${request.headers.host}${url}`, init);
}
