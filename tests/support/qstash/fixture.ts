import { text } from 'node:stream/consumers';
import { Client, Receiver } from '@upstash/qstash';
import { onTestFinished } from 'vitest';

import { serve } from '#tests/support/servers.ts';

import { type Qstash, type QstashOptions, startQstash } from './server.ts';

export const KEYS = { currentSigningKey: 'sig_current', nextSigningKey: 'sig_next' };

/** A queue that retries at once, and the real client for it; both live as long as the running test. */
export async function queueAndClient(
  options: Partial<QstashOptions> = {},
): Promise<{ qstash: Qstash; client: Client }> {
  const qstash = await startQstash({ token: 'secret', ...KEYS, retryDelayScale: 0, ...options });
  onTestFinished(() => qstash.close());
  return { qstash, client: clientOf(qstash) };
}

export function clientOf({ url }: Qstash, token = 'secret'): Client {
  return new Client({ baseUrl: url, token, devMode: false, enableTelemetry: false, retry: false });
}

/** The real receiver with the queue's keys. */
export function receiver(keys = KEYS): Receiver {
  return new Receiver({ ...keys, devMode: false });
}

export type Received = {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};

type Scripted = {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** A target that answers as scripted, one answer a request and the last one from then on; 200 without a script. */
export async function target(...script: Scripted[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const { url } = await serve(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    received.push({ at: Date.now(), method, path, headers, body: await text(request) });
    const {
      status,
      headers: own,
      body,
    } = script[Math.min(received.length, script.length) - 1] ?? { status: 200 };
    response.writeHead(status, own).end(body);
  });
  return { url, received };
}

/** One header of every request, in order. */
export function headerOf(received: readonly Received[], name: string): unknown[] {
  return received.map(({ headers }) => headers[name]);
}
