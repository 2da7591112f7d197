import pg from 'pg';
import { demo } from './entrepot.ts';

/** Runs SQL in the stack's database as the operator, who owns it. */
export async function asOperator(statement: string): Promise<void> {
  const client = new pg.Client(demo().databaseUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
