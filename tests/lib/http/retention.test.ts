import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import { removeExpired } from '#lib/http/retention.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await database.drop();
});

async function kept(table: string, name: string): Promise<string[]> {
  const { rows } = await admin.query(`select ${name} as name from private.${table} order by 1`);
  return rows.map((row) => row.name);
}

it('what is past its time goes, and what is not stays', async () => {
  const { workspaceId } = await signUp(admin);
  for (const [name, time] of [
    ['over', `now() - interval '1 second'`],
    ['valid', `now() + interval '1 minute'`],
  ]) {
    await admin.query(
      `insert into private.rate_limit_windows (limit_key, called_at, expires_at) values ('${name}', now(), ${time})`,
    );
    await admin.query(
      `insert into private.rate_limit_closures (limit_key, closed_until) values ('${name}', ${time})`,
    );
    await admin.query(
      `insert into private.response_cache (cache_key, workspace_id, body, expires_at) values ('${name}', $1, 'x', ${time})`,
      [workspaceId],
    );
  }
  expect(await removeExpired()).toEqual({ callsForgotten: 1, closuresForgotten: 1, answersExpired: 1 });
  expect(await kept('rate_limit_windows', 'limit_key')).toEqual(['valid']);
  expect(await kept('rate_limit_closures', 'limit_key')).toEqual(['valid']);
  expect(await kept('response_cache', 'cache_key')).toEqual(['valid']);
});

it('much of it goes in several calls, also when two do it at once', async () => {
  await admin.query(
    `insert into private.rate_limit_windows (limit_key, called_at, expires_at)
     select $1, now(), now() - interval '1 hour' from generate_series(1, 5000)`,
    [randomUUID()],
  );
  let removed = 0;
  for (let call = 0; call < 3; call += 1) {
    const both = await Promise.all([removeExpired(), removeExpired()]);
    for (const { callsForgotten } of both) {
      expect(callsForgotten).toBeLessThanOrEqual(2_000);
      removed += callsForgotten;
    }
  }
  expect(removed).toBe(5_000);
});
