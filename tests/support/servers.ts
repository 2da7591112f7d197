import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer, type Server } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TestServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
}

/** A real HTTP server on loopback that lives as long as the running test. */
export function serve(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return listen(server);
}

/** The same for a server that speaks whatever `onSocket` writes. */
export function serveRaw(onSocket: (socket: Socket) => void): Promise<TestServer> {
  return listen(createTcpServer((socket) => onSocket(socket.on('error', () => {}))));
}

async function listen(server: Server): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}
