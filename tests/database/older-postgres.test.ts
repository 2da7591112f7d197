import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { databaseAddresses } from '#supabase/local/addresses.ts';
import { snapshotSchema } from '#supabase/local/snapshot.ts';
import { startDatabaseServer } from '#tests/support/database-server.ts';

it('the migrations make the same schema on Postgres 15, applied by a role that is no superuser', async () => {
  const server = await startDatabaseServer([], '15');
  const client = new pg.Client(databaseAddresses(server.address, 'postgres').admin);
  try {
    await client.connect();
    const stored = readFileSync(join(import.meta.dirname, '../../supabase/schema.sql'), 'utf8');
    expect(await snapshotSchema(client)).toBe(stored);
  } finally {
    await client.end();
    await server.stop();
  }
});
