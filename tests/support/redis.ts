import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, isPortFree } from '#supabase/local/ports.ts';
import { programEnvironment, requireProgram } from '#tests/support/debian.ts';
import { connectRedis, type RedisConnection, RedisError, type RedisValue } from './redis-protocol.ts';

/** A Redis of the caller's own, reached as Upstash's is: by REST, with a token. */
export interface TestRedis {
  readonly url: string;
  readonly token: string;
  /** Past the REST adapter, to arrange and to look. */
  send(...command: string[]): Promise<RedisValue>;
  close(): Promise<void>;
}

/** Starts Debian's redis-server, which keeps nothing on disk, and a REST adapter before it. */
export async function startTestRedis(): Promise<TestRedis> {
  const server = await startServer();
  const connection = await connectRedis(server.port);
  const token = 'redis-token-of-the-tests';
  const adapter = createServer((request, response) => {
    answer(connection, token, request, response).catch(() => response.destroy());
  });
  adapter.listen(0, '127.0.0.1');
  await once(adapter, 'listening');
  return {
    url: `http://127.0.0.1:${(adapter.address() as AddressInfo).port}`,
    token,
    send: (...command) => connection.send(command),
    async close() {
      adapter.close();
      adapter.closeAllConnections();
      connection.close();
      await server.stop();
    },
  };
}

async function startServer(): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-redis-'));
  const port = await freePort();
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const child = spawn(requireProgram('redis-server'), [...settings, '--dir', folder], {
    stdio: 'ignore',
    env: programEnvironment(),
  });
  const ended = once(child, 'exit');
  while (await isPortFree(port)) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    port,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The part of Upstash's REST API that its client speaks: a command at /, several at /pipeline. */
async function answer(
  connection: RedisConnection,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = (await json(request)) as unknown[];
  const reply = (status: number, value: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (request.headers.authorization !== `Bearer ${token}`) return void reply(401, { error: 'Unauthorized' });
  if (request.url === '/pipeline') {
    const results = await Promise.all((body as unknown[][]).map((command) => run(connection, command)));
    return void reply(200, results);
  }
  const result = await run(connection, body);
  reply('error' in result ? 400 : 200, result);
}

async function run(
  connection: RedisConnection,
  command: readonly unknown[],
): Promise<{ result: RedisValue } | { error: string }> {
  const value = await connection.send(command.map(withoutFlags));
  return value instanceof RedisError ? { error: value.message } : { result: value };
}

/** Upstash's Redis knows flags of scripts that Debian's refuses; without them a script does the same. */
function withoutFlags(part: unknown): string {
  return String(part).replace(/^#!lua flags=[\w,-]+\n/, '');
}
