import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { DatabaseAddresses } from './addresses.ts';
import { LocalProblem } from './problem.ts';

const root = join(import.meta.dirname, '../..');

/**
 * Brings a database that has the schemas of Auth and Storage to where hosted Supabase begins, applies the
 * migrations that it lacks, seeds it and lets the application log in. Repeatable.
 */
export async function bootstrapDatabase(addresses: DatabaseAddresses, password: string): Promise<void> {
  const client = new pg.Client(addresses.admin);
  await client.connect();
  try {
    await client.query(readFileSync(join(import.meta.dirname, 'hosted-roles.sql'), 'utf8'));
    await client.query(`alter role postgres password ${pg.escapeLiteral(password)}`);
    if (await lacksMigrations(client)) await applyMigrations(addresses.owner);
    await client.query(readFileSync(join(root, 'supabase/seed.sql'), 'utf8'));
    await createLogin(client, 'entrepot_app', 'entrepot_member', password);
    await createLogin(client, 'entrepot_service', 'service_role', password);
  } finally {
    await client.end();
  }
}

/** Spares a start that has nothing to apply the seconds that the CLI takes to find that out. */
async function lacksMigrations(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ version: string }>(
    'select version from supabase_migrations.schema_migrations',
  );
  const applied = new Set(rows.map(({ version }) => version));
  const files = readdirSync(join(root, 'supabase/migrations'));
  return files.some((file) => !applied.has(file.split('_', 1)[0] ?? ''));
}

/** Applies, by the CLI that also serves hosted projects, the migrations that the database lacks. */
async function applyMigrations(url: string): Promise<void> {
  const cli = join(root, 'node_modules/.bin/supabase');
  try {
    await promisify(execFile)(cli, ['migration', 'up', `--remote=${url}?sslmode=disable`, '--yes'], {
      cwd: root,
      env: { ...process.env, DO_NOT_TRACK: '1' },
    });
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? error).replaceAll(url, '…');
    throw new LocalProblem(`The migrations could not be applied: ${said.trim()}`);
  }
}

/** A login that has no rights but the one of becoming `role`. */
async function createLogin(client: pg.Client, login: string, role: string, password: string): Promise<void> {
  const known = await client.query('select from pg_roles where rolname = $1', [login]);
  if (known.rowCount === 0) await client.query(`create role ${login} login noinherit in role ${role}`);
  await client.query(`alter role ${login} password ${pg.escapeLiteral(password)}`);
}
