import { afterAll, beforeAll, expect, it } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import { checkHealth } from '#lib/health.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { startTestRedis, type TestRedis } from '#tests/support/redis.ts';

let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  database = await createTestDatabase();
  redis = await startTestRedis();
  useEnvironment(database, { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token });
});
afterAll(async () => {
  await closePools();
  await database.drop();
});

it('the cache is the Redis that the environment names', async () => {
  expect((await checkHealth()).checks.cache).toMatchObject({ ok: true });
  await redis.close();
  const health = await checkHealth();
  expect(health.checks).toMatchObject({ database: { ok: true }, cache: { ok: false } });
  expect(JSON.stringify(health)).not.toContain(redis.token);
});
