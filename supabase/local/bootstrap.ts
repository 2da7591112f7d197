import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { DatabaseAddresses } from './addresses.ts';
import { LocalProblem } from './problem.ts';

const root = join(import.meta.dirname, '../..');
const migrations = join(root, 'supabase/migrations');

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

/**
 * Spares a start that has nothing to apply the seconds that the CLI takes to find that out. Throws where a migration is
 * another one now than was applied: nothing would bring the database there.
 */
export async function lacksMigrations(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ version: string; statements: string }>(
    `select version, array_to_string(statements, '') as statements from supabase_migrations.schema_migrations`,
  );
  const applied = new Map(rows.map(({ version, statements }) => [version, bare(statements)]));
  const lacking = readdirSync(migrations).filter((file) => {
    const statements = applied.get(file.split('_', 1)[0] ?? '');
    if (statements === undefined) return true;
    if (statements !== bare(readFileSync(join(migrations, file), 'utf8'))) throw changedSince(file);
    return false;
  });
  return lacking.length > 0;
}

/** Without what the CLI leaves out where it tells statements apart. */
function bare(statements: string): string {
  return statements.replaceAll(/[\s;]+/g, '');
}

function changedSince(file: string): LocalProblem {
  return new LocalProblem(
    `The database was made with another ${file} than is there now. Move its folder away to begin with a new one, or go back to the version that made it.`,
  );
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
