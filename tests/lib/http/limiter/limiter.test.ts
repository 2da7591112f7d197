import pg from 'pg';
import { expect, it } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import type { CallLog } from '#lib/http/limiter/call-log.ts';
import { limiterOn } from '#lib/http/limiter/limiter.ts';
import { postgresCallLog } from '#lib/http/limiter/postgres.ts';
import { redisCallLog } from '#lib/http/limiter/redis.ts';
import { openRedis } from '#lib/http/redis.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { startTestRedis } from '#tests/support/redis.ts';
import { serveRaw } from '#tests/support/servers.ts';
import { describeLimiter } from './conformance.ts';

describeLimiter('the limiter in Postgres', async () => {
  const database = await createTestDatabase();
  useEnvironment(database, { DATABASE_POOL_SIZE: '40' });
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  return {
    calls: postgresCallLog,
    async taken(key) {
      const { rows } = await admin.query<{ ms: number }>(
        `select extract(epoch from called_at)::float8 * 1000 as ms from private.rate_limit_windows
         where limit_key = $1 order by called_at`,
        [key],
      );
      return rows.map(({ ms }) => ms);
    },
    async kill() {
      await admin.end();
      await closePools();
      await database.drop();
    },
    close: closePools,
  };
});

describeLimiter('the limiter in Redis', async () => {
  const redis = await startTestRedis();
  return {
    calls: redisCallLog(openRedis(redis.url, redis.token)),
    async taken(key) {
      const answer = await redis.send('ZRANGE', `entrepot:calls:${key}`, '0', '-1', 'WITHSCORES');
      return (answer as string[]).filter((_, index) => index % 2).map((score) => Number(score) / 1_000);
    },
    kill: () => redis.close(),
    close: () => redis.close(),
  };
});

it('a Redis that accepts and keeps silent admits nothing', async () => {
  const { url } = await serveRaw(() => {});
  const limiter = limiterOn(redisCallLog(openRedis(url, 'token', 300)));
  const limit = { key: 'k', windows: [{ calls: 1, seconds: 1 }] };
  await expect(limiter.take([limit])).rejects.toMatchObject({ code: 'unavailable' });
});

it('an answer that is no wait admits nothing', async () => {
  const confused = { take: async () => Number.NaN } as unknown as CallLog;
  await expect(limiterOn(confused).take([])).rejects.toMatchObject({ code: 'unavailable' });
});
