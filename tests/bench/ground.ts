import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Session } from '#lib/auth/session.ts';
import { createDataset } from '#lib/datasets/datasets.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import { copyLine } from '#lib/sync/copy-text.ts';
import { databaseAddresses } from '#supabase/local/addresses.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { startDatabaseServer, templateDatabase } from '#tests/support/database-server.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';
import { startTestSupabase, type TestSupabase } from '#tests/support/supabase.ts';
import { FIVE_MILLION, MILLION } from './case.ts';
import { columns, flights, key } from './data.ts';

type Database = Omit<TestDatabase, 'drop'>;

/** What a measured process is told of the servers and data that it finds. */
export interface Ground {
  readonly database: Database;
  readonly supabase: TestSupabase['environment'];
  /** The owner of the workspace that has the large tables as its datasets. */
  readonly session: Session;
  /** A folder for files. */
  readonly folder: string;
}

/** The datasets that are large, and their rows. */
export const largeTables = { flights: MILLION, many_flights: FIVE_MILLION };
export type LargeTable = keyof typeof largeTables;

/** Durable, and roomy enough that no checkpoint and no vacuum falls into a measurement. */
const settings = [
  'shared_buffers=1GB',
  'max_wal_size=16GB',
  'checkpoint_timeout=1h',
  'autovacuum=off',
  'max_connections=50',
];

/** Starts Postgres and Storage, and fills these tables. */
export async function prepare(
  tables: readonly LargeTable[],
): Promise<{ ground: Ground; close(): Promise<void> }> {
  const { address, stop } = await startDatabaseServer(settings);
  const { app, service, admin } = databaseAddresses(address, templateDatabase);
  const database = { url: app, serviceUrl: service, adminUrl: admin };
  const supabase = await startTestSupabase(database);
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-bench-'));
  setEnvironment(database);
  const session = await asAdmin(database, signUp);
  for (const name of tables) await fill(database, session, name);
  return {
    ground: { database, supabase: supabase.environment, session, folder },
    async close() {
      await supabase.close();
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A new owner's session, and an empty dataset of the benchmark's columns in their workspace. */
export async function newDataset(
  database: Database,
  name: string,
): Promise<{ session: Session; dataset: Dataset }> {
  const session = await asAdmin(database, signUp);
  return { session, dataset: await addDataset(session, name) };
}

async function addDataset(session: Session, name: string): Promise<Dataset> {
  await createDataset(session, { name, label: name, columns: [...columns], key });
  return asMember(session, (tx) => findDataset(tx, name));
}

/** Runs `work` as a superuser, past every policy. */
export async function asAdmin<T>({ adminUrl }: Database, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function fill(database: Database, session: Session, large: LargeTable): Promise<void> {
  const { schema, name } = (await addDataset(session, large)).table;
  await closePools();
  const table = `${schema}.${name}`;
  const names = [...columns.map(({ name }) => name), ...identityColumns].join(', ');
  await asAdmin(database, async (admin) => {
    // Spares a look-up of the workspace for each row.
    await admin.query('set session_replication_role = replica');
    const copy = admin.query(copyFrom(`copy ${table} (${names}) from stdin`));
    await pipeline(tableLines(largeTables[large], session.workspaceId), copy);
    await admin.query(`vacuum (freeze, analyze) ${table}`);
    await admin.query('checkpoint');
  });
}

const identityColumns = ['workspace_id', 'stream', 'external_id', 'created_revision', 'revision'];

async function* tableLines(rows: number, workspaceId: string): AsyncGenerator<string> {
  let batch = '';
  for await (const row of flights(rows)) {
    batch += copyLine([...row, workspaceId, 'rows', row[0] ?? null, '1', '1']);
    if (batch.length < 65_536) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}
