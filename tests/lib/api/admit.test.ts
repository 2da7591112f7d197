import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { admit } from '#lib/api/admit.ts';
import { route } from '#lib/api/route.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { startTestRedis, type TestRedis } from '#tests/support/redis.ts';

const PER_MINUTE = 300;
const nowhere = 'postgresql://nobody@127.0.0.1:9/nothing';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
  useEnvironment(
    { url: nowhere, serviceUrl: nowhere },
    { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
  );
});
afterAll(() => redis.close());

/** Calls that many times at once; answers what kept calls out. */
async function call(times: number, caller: string): Promise<unknown[]> {
  const calls = await Promise.allSettled(Array.from({ length: times }, () => admit('webhook', caller)));
  return calls.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
}

describe('with a Redis', () => {
  it('a caller is let in so many times within a minute, and told how long to wait', async () => {
    const caller = randomUUID();
    expect(await call(PER_MINUTE, caller)).toEqual([]);
    // More than one, for a minute that ends just then may let one more in.
    const refusal = (await call(10, caller)).at(-1);
    expect(refusal).toMatchObject({
      code: 'too_many_requests',
      message: expect.stringContaining('Wait'),
      retryAfterMs: expect.any(Number),
    });
    const { retryAfterMs } = refusal as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(120_000);
  });

  it('a caller keeps nobody else out, nor the same key at another door', async () => {
    const caller = randomUUID();
    await call(PER_MINUTE + 1, caller);
    expect(await call(1, randomUUID())).toEqual([]);
    await expect(admit('key', caller)).resolves.toBeUndefined();
  });

  it('callers are counted without being named', async () => {
    const caller = `whk_${randomUUID()}`;
    await call(1, caller);
    const keys = (await redis.send('KEYS', '*')) as string[];
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join('\n')).not.toContain(caller);
  });

  it('a key that calls too often is answered 429, before anybody asks whose it is', async () => {
    const handler = route({ summary: 'Do it', response: z.unknown() }, async () => 'done');
    const key = `ent_${randomUUID()}`;
    const calls = Array.from({ length: 1_210 }, () => admit('key', key));
    await Promise.allSettled(calls);
    const headers = { authorization: `bEARER ${key}` };
    const request = new Request('http://localhost/api/x', { headers });
    const response = await handler(request, { params: Promise.resolve({}) });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ error: { code: 'too_many_requests' } });
  });

  // Last, for it ends the Redis.
  it('that is gone, everybody is let in', async () => {
    await redis.close();
    expect(await call(PER_MINUTE + 5, randomUUID())).toEqual([]);
  });
});
