import type { Agent, Dispatcher } from 'undici';
import { failureOf } from './failures.ts';

/** A request on its way: what is sent to one address. Header names are in lower case. */
export interface Hop {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came back, whatever its status; the body is still encoded and unread. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
}

export interface Timeouts {
  readonly headersTimeoutMs: number;
  /** How long a body may be silent while it is being read. */
  readonly idleTimeoutMs: number;
}

/** Sends one request once. Throws an `EntrepotError` that names the host where no answer comes. */
export async function exchange(
  agent: Agent,
  hop: Hop,
  timeouts: Timeouts,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const { statusCode, headers, body } = await agent.request({
      origin: hop.url.origin,
      path: hop.url.pathname + hop.url.search,
      method: hop.method,
      headers: hop.headers,
      body: hop.body,
      signal,
      headersTimeout: timeouts.headersTimeoutMs,
      bodyTimeout: timeouts.idleTimeoutMs,
    });
    return { status: statusCode, headers: joined(headers), body };
  } catch (error) {
    throw failureOf(hop.url.hostname, error);
  }
}

/** Lets an answer go unread; its connection is closed. */
export function discard({ body }: Answer): void {
  body.on('error', () => {});
  body.destroy();
}

function joined(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
