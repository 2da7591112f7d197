import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { checkHealth } from '#lib/health.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { startTestSupabase, type TestSupabase } from '#tests/support/supabase.ts';

let database: TestDatabase;
let supabase: TestSupabase;

beforeAll(async () => {
  database = await createTestDatabase();
  supabase = await startTestSupabase(database);
  // Nobody listens where the environment says that the queue is.
  useEnvironment(database, supabase.environment);
});
afterAll(async () => {
  await closePools();
  await database.drop();
});

describe('the health of the product', () => {
  it('is degraded while only the queue is away', async () => {
    const { status, checks } = await checkHealth();
    expect(status).toBe('degraded');
    expect(checks).toMatchObject({
      database: { ok: true },
      auth: { ok: true },
      storage: { ok: true },
      queue: { ok: false },
      cache: { ok: true },
    });
  });

  it('is down once Auth and Storage are away, without saying where they were', async () => {
    await supabase.close();
    const health = await checkHealth();
    expect(health).toMatchObject({
      status: 'down',
      checks: { database: { ok: true }, auth: { ok: false }, storage: { ok: false } },
    });
    const { SUPABASE_SECRET_KEY, QSTASH_TOKEN } = env();
    for (const secret of ['127.0.0.1', SUPABASE_SECRET_KEY, QSTASH_TOKEN]) {
      expect(JSON.stringify(health)).not.toContain(secret);
    }
  });
});
