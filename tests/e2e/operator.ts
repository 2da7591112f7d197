import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { databaseAddresses } from '#supabase/local/addresses.ts';

const folder = join(import.meta.dirname, '../..', process.env.E2E_FOLDER ?? '.local');
/** The line of `postmaster.pid` in which Postgres says where it listens. */
const PORT_LINE = 3;

/** Runs SQL in the stack's database as the operator, who owns it. */
export async function asOperator(statement: string): Promise<void> {
  const { databasePassword } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
  const lines = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const address = { port: Number(lines[PORT_LINE]), password: databasePassword as string };
  const client = new pg.Client(databaseAddresses(address, 'postgres').owner);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
