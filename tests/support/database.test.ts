import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { startPgbouncer } from '#tests/support/pgbouncer.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

describe("a test file's database", () => {
  it('is its own', async () => {
    const other = await createTestDatabase();
    await query(database.adminUrl, 'create table public.mark ()');
    expect(await query(other.adminUrl, "select to_regclass('public.mark') as mark")).toEqual([
      { mark: null },
    ]);
    await other.drop();
  });

  it('lets the application become entrepot_member and nothing else', async () => {
    const who = 'select current_user::text as who';
    expect(await query(database.url, 'set role entrepot_member', who)).toEqual([{ who: 'entrepot_member' }]);
    await expect(query(database.url, 'set role service_role')).rejects.toThrow('permission denied');
    await expect(query(database.url, 'select from public.workspaces')).rejects.toThrow('permission denied');
  });

  it('lets the service login become service_role', async () => {
    const who = await query(database.serviceUrl, 'set role service_role', 'select current_user::text as who');
    expect(who).toEqual([{ who: 'service_role' }]);
  });

  it('has the migrations owned by a role that is no superuser, as on hosted Supabase', async () => {
    const owner = await query(
      database.adminUrl,
      "select tableowner, rolsuper from pg_tables join pg_roles on rolname = tableowner where tablename = 'workspaces'",
    );
    expect(owner).toEqual([{ tableowner: 'postgres', rolsuper: false }]);
  });

  it('is reached through a pooler that hands three connections to many clients', async () => {
    const pooler = await startPgbouncer(database);
    const backend = 'select pg_backend_pid() as pid, pg_sleep(0.01)';
    const answers = await Promise.all(Array.from({ length: 12 }, () => query(pooler.url, backend)));
    const pids = new Set(answers.flat().map((row) => (row as { pid: number }).pid));
    expect(pids.size).toBeLessThanOrEqual(3);
    await pooler.close();
  });
});
