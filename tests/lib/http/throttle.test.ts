import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limiter } from '#lib/http/limiter/limiter.ts';
import { newMeter } from '#lib/http/meter.ts';
import type { OutboundOptions } from '#lib/http/outbound.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { startTestRedis, type TestRedis } from '#tests/support/redis.ts';
import { serve } from '#tests/support/servers.ts';
import { client, errorOf, text } from './calls.ts';

const nowhere = 'postgres://nobody@127.0.0.1:1/none';
let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
  useEnvironment(
    { url: nowhere, serviceUrl: nowhere },
    { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
  );
});
afterAll(() => redis.close());

type Reply = [status: number, headers?: OutgoingHttpHeaders];

/** Answers with each reply in turn, the last one for ever. */
async function vendor(...replies: Reply[]) {
  const seen: string[] = [];
  const server = await serve((request, response) => {
    seen.push(request.url ?? '');
    const [status, headers = {}] = replies[Math.min(seen.length, replies.length) - 1] ?? [200];
    response.writeHead(status, headers).end('body');
  });
  return { ...server, seen };
}

function limitOf(calls: number, seconds: number) {
  return { key: `test:${randomUUID()}`, windows: [{ calls, seconds }] };
}

function throttled(calls: number, seconds = 3_600, options: Partial<OutboundOptions> = {}) {
  const provider = limitOf(calls, seconds);
  const meter = newMeter();
  return { provider, meter, ...client({ throttle: { provider }, meter, ...options }) };
}

async function used(limit: ReturnType<typeof limitOf>): Promise<number | undefined> {
  return (await limiter().use([limit]))[0]?.windows[0]?.used;
}

describe('a call', () => {
  it('is counted before it is made, and so is each try of it', async () => {
    const server = await vendor([500], [502], [200]);
    const { fetch, provider, meter } = throttled(10);
    expect(await text((await fetch({ url: server.url })).body)).toBe('body');
    expect(await used(provider)).toBe(3);
    expect(meter).toMatchObject({ calls: 3, wasted: 2, cacheHits: 0 });
  });

  it('is counted at each redirect within the provider, and not where it leads elsewhere', async () => {
    const elsewhere = await vendor([200]);
    const server = await vendor([302, { location: '/there' }], [302, { location: elsewhere.url }]);
    const { fetch, provider, meter } = throttled(10);
    await fetch({ url: server.url });
    expect(await used(provider)).toBe(2);
    expect(meter).toMatchObject({ calls: 3, wasted: 0 });
    const declared = throttled(10, 60, { allowedHosts: ['127.0.0.1'] });
    server.seen.length = 0;
    await declared.fetch({ url: server.url });
    expect(await used(declared.provider)).toBe(3);
  });

  it('that has to wait a little waits', async () => {
    const server = await vendor([200]);
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
      await new Promise((resolve) => setTimeout(resolve, ms));
    };
    const { fetch } = throttled(1, 0.2, { sleep });
    await fetch({ url: server.url });
    await fetch({ url: server.url });
    expect(server.seen).toHaveLength(2);
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(210);
  });

  it('that would have to wait long, or longer than its caller can, is not made', async () => {
    const server = await vendor([200]);
    const patient = throttled(1, 60);
    await patient.fetch({ url: server.url });
    const error = await errorOf(patient.fetch({ url: server.url }));
    expect(error).toMatchObject({ code: 'throttled', message: expect.stringContaining('2 minutes') });
    expect(error.retryAfterMs).toBeGreaterThan(5_000);
    const hurried = throttled(1, 3, { timeLeft: () => 1_000 });
    await hurried.fetch({ url: server.url });
    expect((await errorOf(hurried.fetch({ url: server.url }))).code).toBe('throttled');
    expect({ calls: server.seen.length, waits: [patient.waits, hurried.waits] }).toEqual({
      calls: 2,
      waits: [[], []],
    });
  });

  it('fits the stricter of two limits, and a limit of its own stops no other source', async () => {
    const server = await vendor([200]);
    const provider = limitOf(3, 3_600);
    const one = client({ throttle: { provider, others: [limitOf(1, 3_600)] } });
    const other = client({ throttle: { provider, others: [limitOf(5, 3_600)] } });
    await one.fetch({ url: server.url });
    expect((await errorOf(one.fetch({ url: server.url }))).code).toBe('throttled');
    await other.fetch({ url: server.url });
    await other.fetch({ url: server.url });
    expect((await errorOf(other.fetch({ url: server.url }))).code).toBe('throttled');
    expect(server.seen).toHaveLength(3);
  });

  it('whose body is cut off was wasted', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    const { fetch, meter } = throttled(10);
    await errorOf(text((await fetch({ url: server.url })).body));
    expect(meter).toMatchObject({ calls: 1, wasted: 1 });
  });
});

describe('what an answer says of when to call again', () => {
  const soon = { 'x-ratelimit-reset': '90' };
  it.each<[string, Reply]>([
    ['a 429 with a wait', [429, { 'retry-after': '90' }]],
    ['a 429 without a word', [429]],
    ['a 503 with a wait', [503, { 'retry-after': '90' }]],
    ['the last call of a window', [200, { 'x-ratelimit-remaining': '0', ...soon }]],
    ['that in one field', [200, { ratelimit: 'limit=10, remaining=0, reset=90' }]],
    ['that of one policy', [200, { ratelimit: '"day";r=900;t=3600, "second";r=0;t=1, "burst";r=0;t=90' }]],
  ])('holds for everyone: %s', async (_, reply) => {
    const server = await vendor(reply);
    const { fetch, provider } = throttled(100);
    await fetch({ url: server.url }).catch(() => {});
    const colleague = client({ throttle: { provider } });
    const error = await errorOf(colleague.fetch({ url: server.url }));
    expect(error.code).toBe('throttled');
    expect(error.retryAfterMs).toBeGreaterThan(50_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(90_000);
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['calls that are left', [200, { 'x-ratelimit-remaining': '7', ...soon }]],
    ['calls that are left of each policy', [200, { ratelimit: '"day";r=900;t=3600, "burst";r=7;t=90' }]],
    ['what is no field of that kind', [200, { ratelimit: 'r=0, t=90; none;r=x;t=90' }]],
    ['a rate that calls at once are meant beside', [200, { 'x-amzn-ratelimit-limit': '0.0167' }]],
    ['no rate', [200, { 'x-amzn-ratelimit-limit': '0' }]],
    ['a reset alone', [200, soon]],
    ['no call left, and no reset', [200, { 'x-ratelimit-remaining': '0' }]],
    ['a failure without a wait', [400]],
  ])('stops nobody where it says nothing: %s', async (_, reply) => {
    const server = await vendor(reply);
    const { fetch } = throttled(100);
    await fetch({ url: server.url }).catch(() => {});
    await fetch({ url: server.url }).catch(() => {});
    expect(server.seen).toHaveLength(2);
  });

  it('calls are spaced as the answers state their rate, for everyone', async () => {
    const server = await vendor([200, { 'x-amzn-ratelimit-limit': '0.2' }]);
    const { fetch, provider } = throttled(100);
    await fetch({ url: server.url });
    const hurried = client({ throttle: { provider }, timeLeft: () => 100 });
    const error = await errorOf(hurried.fetch({ url: server.url }));
    expect(error.code).toBe('throttled');
    expect(error.retryAfterMs).toBeLessThanOrEqual(5_000);
    expect(server.seen).toHaveLength(1);
  });

  it('a short wait of a 429 is waited, and the call is then made', async () => {
    const server = await vendor([429, { 'x-amzn-ratelimit-limit': '10' }], [200]);
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const { fetch } = throttled(100, 60, { sleep });
    expect((await fetch({ url: server.url })).status).toBe(200);
  });
});

it('no call is made while the limiter is away', async () => {
  const server = await vendor([200]);
  await redis.close();
  const { fetch, waits } = throttled(10);
  expect((await errorOf(fetch({ url: server.url }))).code).toBe('unavailable');
  expect({ calls: server.seen.length, waits }).toEqual({ calls: 0, waits: [] });
});
