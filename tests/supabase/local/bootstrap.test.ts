import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacksMigrations } from '#supabase/local/bootstrap.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

describe('a database that was started before', () => {
  it('lacks nothing where it has all migrations as they are now', async () => {
    expect(await lacksMigrations(admin)).toBe(false);
  });

  it('is refused where one of them was changed since, and named', async () => {
    await admin.query('begin');
    await admin.query(
      `update supabase_migrations.schema_migrations set statements = statements || '{select 1}'
       where version = '20260101000600'`,
    );
    await expect(lacksMigrations(admin)).rejects.toThrow(
      /another 20260101000600_sources\.sql .*Move its folder/,
    );
    await admin.query('rollback');
  });

  it('lacks what was added since', async () => {
    await admin.query(`delete from supabase_migrations.schema_migrations where version = '20260101000600'`);
    expect(await lacksMigrations(admin)).toBe(true);
  });
});
