import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { databaseAddresses, type ServerAddress } from '#supabase/local/addresses.ts';
import { bootstrapDatabase } from '#supabase/local/bootstrap.ts';
import { freePort } from '#supabase/local/ports.ts';
import { type PostgresMajor, startPostgres } from '#supabase/local/postgres.ts';
import { postgresUser } from '#supabase/local/postgres-user.ts';
import { provisionSupabase } from '#supabase/local/supabase-lite.ts';

/** What every test file is told of the run's one Postgres. */
declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: ServerAddress;
  }
}

/** The migrated database that each test file's own is copied from. */
export const templateDatabase = 'postgres';

/** Nothing of a test outlives the run, so nothing needs to reach the disk. */
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** Vitest's global set-up: starts one Postgres for the run, with the migrations applied once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, stop } = await startDatabaseServer(settings);
  project.provide('databaseServer', address);
  return stop;
}

/** A Postgres in a folder of its own that goes with it; its database `templateDatabase` is migrated. */
export async function startDatabaseServer(
  settings: readonly string[],
  major?: PostgresMajor,
): Promise<{ readonly address: ServerAddress; stop(): Promise<void> }> {
  const folder = makeFolder();
  const address: ServerAddress = { port: await freePort(), password: 'local' };
  const server = await startPostgres({ folder, ...address, settings, ...(major && { major }) });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrateTemplate(address);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

async function migrateTemplate(address: ServerAddress): Promise<void> {
  const addresses = databaseAddresses(address, templateDatabase);
  const keys = {
    publishableKey: 'unused',
    secretKey: 'unused',
    jwtSecret: 'unused-while-nobody-signs-in-here',
  };
  await provisionSupabase({ databaseUrl: addresses.admin, objectsFolder: tmpdir(), ...keys });
  await bootstrapDatabase(addresses, address.password);
}

/** An empty folder that the user who runs Postgres owns, under one that is open to all. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-postgres-'));
  const { uid, gid } = postgresUser();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}
