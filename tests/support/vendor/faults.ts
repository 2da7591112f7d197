import type { ServerResponse } from 'node:http';

/** What goes wrong with one call. */
export type Fault =
  /** An answer of another status, or of 200 with something else in it. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection is reset before anything is answered. */
  | 'reset'
  /** Half of the answer, of the length that was announced, and then nothing more. */
  | 'truncated'
  /** The columns of an answer by columns are not equally long. */
  | 'uneven'
  /** The answer begins so many milliseconds late. */
  | { readonly lateMs: number };

const retryAt = (clock: Date, seconds: number) => new Date(clock.getTime() + 1_000 * seconds);

/** A 429 in each form that vendors have for how long to wait. */
export const limited = {
  seconds: (seconds: number): Fault => ({ status: 429, headers: { 'retry-after': String(seconds) } }),
  date: (now: Date, seconds: number): Fault => ({
    status: 429,
    headers: { 'retry-after': retryAt(now, seconds).toUTCString() },
  }),
  reset: (now: Date, seconds: number): Fault => ({
    status: 429,
    headers: { 'x-ratelimit-reset': String(Math.ceil(retryAt(now, seconds).getTime() / 1_000)) },
  }),
  silent: (): Fault => ({ status: 429 }),
};

const page = '<!doctype html><html><body>Please sign in.</body></html>';

/** Answers of status 200 that hold no data. */
export const disguised: Readonly<Record<string, Fault>> = {
  'an error': { status: 200, body: '{"error":{"code":"internal","message":"try later"}}' },
  'a list of errors': { status: 200, body: '{"data":[{"id":1}],"errors":[{"message":"partial"}]}' },
  'a web page': { status: 200, headers: { 'content-type': 'text/html' }, body: page },
  'a sentence': { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Rate limit exceeded.' },
  'a sentence as JSON': { status: 200, body: '"Internal error"' },
  nothing: { status: 200, body: '' },
};

/** Sends half of a body whose length was announced whole, and breaks off. */
export function sendTruncated(
  response: ServerResponse,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { ...headers, 'content-length': String(bytes.length) });
  response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => response.destroy(), 20));
}
