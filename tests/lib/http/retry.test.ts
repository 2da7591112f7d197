import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { outbound } from '#lib/http/outbound.ts';
import { serve, serveRaw } from '#tests/support/servers.ts';
import { client, errorOf, text } from './calls.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const now = () => NOW;

type Reply = [status: number, headers?: OutgoingHttpHeaders] | 'reset';

/** Answers with each reply in turn, the last one for ever. */
async function replies(...list: Reply[]) {
  const seen: IncomingHttpHeaders[] = [];
  const server = await serve((request, response) => {
    seen.push(request.headers);
    const reply = list[Math.min(seen.length, list.length) - 1] ?? 'reset';
    if (reply === 'reset') return void request.socket.resetAndDestroy();
    const [status, headers = {}] = reply;
    response.writeHead(status, headers).end('body');
  });
  return { ...server, seen };
}

function within(ms: number) {
  return expect.toSatisfy((wait: number) => wait >= ms && wait <= ms * 1.25);
}

describe('retries', () => {
  it.each<[string, Reply]>([
    ['500', [500]],
    ['502', [502]],
    ['503', [503]],
    ['408', [408]],
    ['a reset connection', 'reset'],
  ])('after %s the request is sent again', async (_, reply) => {
    const server = await replies(reply, [200]);
    const { fetch, waits } = client();
    expect(await text((await fetch({ url: server.url })).body)).toBe('body');
    expect(waits).toEqual([within(1_000)]);
  });

  it('five retries wait 1, 2, 4, 8 and 16 seconds, with jitter, and then the failure is told', async () => {
    const server = await replies([500]);
    const { fetch, waits } = client();
    const error = await errorOf(fetch({ url: `${server.url}/a?key=hunter2` }));
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', message: expect.stringContaining('500') });
    expect(error.message).not.toContain('hunter2');
    expect(waits).toEqual([1, 2, 4, 8, 16].map((seconds) => within(seconds * 1_000)));
    expect(server.seen).toHaveLength(6);
  });

  it.each([304, 410])(
    '%i is an answer to a request that accepts it, and a failure to any other',
    async (status) => {
      const server = await replies([status]);
      const { fetch } = client();
      const answer = await fetch({ url: server.url, alsoAccept: [status] });
      expect([answer.status, await text(answer.body)]).toEqual([status, status === 304 ? '' : 'body']);
      expect(await errorOf(fetch({ url: server.url }))).toMatchObject({ code: 'REQUEST_REFUSED' });
      expect(server.seen).toHaveLength(2);
    },
  );

  it('a failure that only says how much of a limit is left, and until when, is no limit', async () => {
    const counted = { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '3000' };
    const server = await replies([502, counted], [200]);
    const { fetch, waits } = client();
    expect(await text((await fetch({ url: server.url })).body)).toBe('body');
    expect(waits).toEqual([within(1_000)]);
  });

  it('an answer that does not begin in time is a failure that may pass', async () => {
    const server = await serveRaw(() => {});
    const { fetch } = client({ limits: { headersTimeoutMs: 50 }, timeLeft: () => 0 });
    const error = await errorOf(fetch({ url: server.url }));
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', message: expect.stringContaining('in time') });
    expect(error.retryAfterMs).toBe(1_000);
  });

  it('a port where nobody listens is a failure that may pass', async () => {
    const error = await errorOf(client({ timeLeft: () => 0 }).fetch({ url: 'http://127.0.0.1:1/' }));
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', retryAfterMs: 1_000 });
  });

  it('a server that does not speak HTTP is a data error', async () => {
    const server = await serveRaw((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const { fetch, waits } = client();
    expect((await errorOf(fetch({ url: server.url }))).code).toBe('DATA_ERROR');
    expect(waits).toEqual([]);
  });

  it.each<[number, string, string]>([
    [401, 'AUTH_FAILED', 'credentials (401)'],
    [403, 'AUTH_FAILED', 'access'],
    [400, 'REQUEST_REFUSED', '400'],
    [404, 'REQUEST_REFUSED', '404'],
    [418, 'REQUEST_REFUSED', '418'],
    [304, 'REQUEST_REFUSED', '304'],
  ])('%i is told at once as %s', async (status, code, hint) => {
    const server = await replies([status]);
    const { fetch, waits } = client();
    const error = await errorOf(fetch({ url: server.url }));
    expect(error).toMatchObject({ code, message: expect.stringContaining(hint) });
    expect({ calls: server.seen.length, waits }).toEqual({ calls: 1, waits: [] });
  });

  it('a header that HTTP does not allow is told without its value', async () => {
    const server = await replies([200]);
    const error = await errorOf(client().fetch({ url: server.url, headers: { 'x-key': 'hunter2\r\nx: y' } }));
    expect(error.code).toBe('REQUEST_REFUSED');
    expect(`${error.message} ${error.cause}`).not.toContain('hunter2');
    expect(server.seen).toEqual([]);
  });
});

describe('rate limits', () => {
  it.each<[string, OutgoingHttpHeaders, number]>([
    ['seconds', { 'retry-after': '3' }, 3_000],
    ['an HTTP date', { 'retry-after': 'Sun, 01 Mar 2026 12:00:04 GMT' }, 4_000],
    ['a date that is past', { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
    ['the seconds to a reset', { 'ratelimit-reset': '2' }, 2_000],
    ['the moment of a reset', { 'x-ratelimit-reset': String(NOW.getTime() / 1_000 + 5) }, 5_000],
    ["Amazon's calls a second", { 'x-amzn-ratelimit-limit': '0.5' }, 2_000],
  ])('a short wait given as %s is waited', async (_, headers, ms) => {
    const server = await replies([429, headers], [200]);
    const { fetch, waits } = client({ now });
    expect((await fetch({ url: server.url })).status).toBe(200);
    expect(waits).toEqual([within(ms)]);
  });

  it.each<[string, OutgoingHttpHeaders, number]>([
    ['nothing', {}, 60_000],
    ['nonsense', { 'retry-after': 'soon' }, 60_000],
    ['seconds', { 'retry-after': '6' }, 6_000],
    ['an HTTP date', { 'retry-after': 'Sun, 01 Mar 2026 13:00:00 GMT' }, 3_600_000],
    ['a moment in milliseconds', { 'x-ratelimit-reset': String(NOW.getTime() + 90_000) }, 90_000],
    ['a year', { 'retry-after': '31536000' }, 86_400_000],
  ])('a long wait given as %s is handed to the queue', async (_, headers, retryAfterMs) => {
    const server = await replies([429, headers], [200]);
    const { fetch, waits } = client({ now });
    expect(await errorOf(fetch({ url: server.url }))).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs });
    expect({ calls: server.seen.length, waits }).toEqual({ calls: 1, waits: [] });
  });

  it('a fourth 429 in a row is told', async () => {
    const server = await replies([429, { 'retry-after': '1' }]);
    const { fetch, waits } = client();
    expect(await errorOf(fetch({ url: server.url }))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 1_000,
    });
    expect(waits).toHaveLength(3);
  });

  it('a wait that outlasts the slice is handed to the queue', async () => {
    const server = await replies([500]);
    const { fetch, waits } = client({ timeLeft: () => 3_000 });
    expect(await errorOf(fetch({ url: server.url }))).toMatchObject({
      code: 'NETWORK_ERROR',
      retryAfterMs: 4_000,
    });
    expect(waits).toHaveLength(2);
  });

  it('a 503 that names its wait is believed', async () => {
    const server = await replies([503, { 'retry-after': '120' }]);
    const { fetch, waits } = client();
    expect(await errorOf(fetch({ url: server.url }))).toMatchObject({
      code: 'NETWORK_ERROR',
      retryAfterMs: 120_000,
    });
    expect(waits).toEqual([]);
  });
});

describe('cancelling', () => {
  const reason = new Error('the user cancelled');

  it('an aborted signal means no call', async () => {
    const server = await replies([200]);
    const { fetch } = client({ signal: AbortSignal.abort(reason) });
    await expect(fetch({ url: server.url })).rejects.toBe(reason);
    expect(server.seen).toEqual([]);
  });

  it('no call follows a wait that was aborted', async () => {
    const server = await replies([500]);
    const abort = new AbortController();
    const sleep = async () => abort.abort(reason);
    await expect(client({ signal: abort.signal, sleep }).fetch({ url: server.url })).rejects.toBe(reason);
    expect(server.seen).toHaveLength(1);
  });

  it('a real wait ends with the signal', async () => {
    const abort = new AbortController();
    const server = await serve((_, response) => {
      response.on('close', () => setTimeout(() => abort.abort(reason), 20));
      response.writeHead(500).end();
    });
    const fetch = outbound({
      signal: abort.signal,
      allowedHosts: 'any',
      policy: { allowLoopback: true, deniedPorts: [] },
    });
    await expect(fetch({ url: server.url })).rejects.toBe(reason);
  });

  it('a request that hangs ends with the signal', async () => {
    const abort = new AbortController();
    const server = await serveRaw(() => abort.abort(reason));
    await expect(client({ signal: abort.signal }).fetch({ url: server.url })).rejects.toBe(reason);
  });
});
