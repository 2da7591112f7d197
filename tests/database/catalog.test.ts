import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotSchema } from '#supabase/local/snapshot.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

const root = join(import.meta.dirname, '../..');
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

describe('the migrated schema', () => {
  it('is what supabase/schema.sql says', async () => {
    const stored = readFileSync(join(root, 'supabase/schema.sql'), 'utf8');
    expect(await snapshotSchema(admin), 'run npm run db:snapshot').toBe(stored);
  });

  it('gives the advisors nothing to say at level warn', async () => {
    const advisors = ['db', 'advisors', '--level', 'warn', '--fail-on', 'warn', '--output-format', 'json'];
    const remote = `--remote=${database.adminUrl}?sslmode=disable`;
    const run = promisify(execFile)(join(root, 'node_modules/.bin/supabase'), [...advisors, remote], {
      cwd: root,
    });
    const { stdout } = await run.catch((failed: { stdout: string; stderr: string }) => {
      throw new Error(`${failed.stdout}\n${failed.stderr}`);
    });
    expect(stdout).not.toContain('"WARN"');
  });

  it('pins the search path of every function that acts as its definer', async () => {
    const { rows } = await admin.query(
      `select p.oid::regprocedure::text as name from pg_proc p
       where pronamespace in ('private'::regnamespace, 'public'::regnamespace, 'data'::regnamespace)
         and not coalesce(proconfig::text, '') like '%search_path=%'`,
    );
    expect(rows).toEqual([]);
  });

  it('lets nobody but the service read credentials, whatever it was granted', async () => {
    await admin.query('begin');
    await admin.query('grant execute on all functions in schema private to entrepot_member');
    await admin.query('set local role entrepot_member');
    const read = admin.query('select * from private.get_external_source_credentials(gen_random_uuid())');
    await expect(read).rejects.toThrow('credentials are read by the service alone');
    await admin.query('rollback');
    await admin.query('begin; set local role service_role');
    const { rows } = await admin.query(
      'select * from private.get_external_source_credentials(gen_random_uuid())',
    );
    expect(rows).toEqual([]);
    await admin.query('rollback');
  });
});
