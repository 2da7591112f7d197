import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Receiver {
  /** What APP_URL is set to. */
  readonly url: string;
  /** Ends once everything that was begun has been answered, heard or not. */
  close(): Promise<void>;
}

/** An HTTP server on loopback before `answer`, which speaks in web requests as a Next route does. */
export async function startReceiver(
  answer: (request: Request) => Promise<Response>,
  port = 0,
): Promise<Receiver> {
  const exchanges = new Set<Promise<void>>();
  const server = createServer((incoming, outgoing) => {
    const answered = exchange(incoming, outgoing, answer).finally(() => exchanges.delete(answered));
    exchanges.add(answered);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await Promise.all(exchanges);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const body = await buffer(incoming);
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers: incoming.headers as Record<string, string>,
    body: body.length > 0 ? body : null,
  });
  const response = await answer(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}
