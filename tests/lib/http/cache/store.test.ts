import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { closePools } from '#lib/db/pool.ts';
import { postgresStore } from '#lib/http/cache/postgres.ts';
import { redisStore } from '#lib/http/cache/redis.ts';
import { openRedis } from '#lib/http/redis.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';
import { startTestRedis } from '#tests/support/redis.ts';
import { describeCacheStore } from './conformance.ts';

describeCacheStore('the cache in Postgres', async () => {
  const database = await createTestDatabase();
  useEnvironment(database, { DATABASE_POOL_SIZE: '16' });
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  return {
    store: postgresStore,
    newWorkspace: async () => (await signUp(admin)).workspaceId,
    async close() {
      await admin.end();
      await closePools();
      await database.drop();
    },
  };
});

describeCacheStore('the cache in Redis', async () => {
  const redis = await startTestRedis();
  return {
    store: redisStore(openRedis(redis.url, redis.token)),
    newWorkspace: async () => randomUUID(),
    close: () => redis.close(),
  };
});
