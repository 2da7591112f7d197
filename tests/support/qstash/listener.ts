import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { Faults } from './faults.ts';
import type { Headers } from './message.ts';
import { Refusal } from './refusal.ts';
import { answer, type Call, type Parts, type Reply } from './routes.ts';

type Tools = { readonly token: string; readonly faults: Faults; readonly parts: Parts };

// The free plan's limit.
const LONGEST_BODY_BYTES = 1_000_000;

/** Serves the API over HTTP: JSON out, an error as `{ "error" }` with its status. */
export function listener(tools: Tools): RequestListener {
  return async (request, response) => {
    if (tools.faults.api === 'refusing') request.socket.destroy();
    else write(response, await reply(request, tools));
  };
}

async function reply(request: IncomingMessage, { token, faults, parts }: Tools): Promise<Reply> {
  try {
    if (faults.api === 'unavailable') throw new Refusal(503, 'service unavailable');
    if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal(401, 'invalid token');
    return answer(parts, await readCall(request));
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    return { status, json: { error: (error as Error).message } };
  }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const headers: Headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const { method = 'GET', url: target = '/' } = request;
  return { method, target, headers, body: await readBody(request) };
}

/** Reads to the end even when it is too long, for a connection cut by us would hide the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LONGEST_BODY_BYTES) chunks.push(chunk);
  }
  if (bytes > LONGEST_BODY_BYTES) throw new Refusal(413, 'a message can have 1,000,000 bytes at most');
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, { status, json }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(json === undefined ? undefined : JSON.stringify(json));
}
