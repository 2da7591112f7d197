import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import type { Binding } from '#lib/secrets/cipher.ts';
import { readCredentials, saveCredentials } from '#lib/secrets/credentials.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await database.drop();
});

async function makeSource(): Promise<Binding> {
  const source = { workspaceId: randomUUID(), sourceId: randomUUID(), origin: 'https://one.test' };
  await admin.query(`insert into workspaces (id, name) values ($1, 'Test')`, [source.workspaceId]);
  await admin.query(
    `insert into external_data_sources (id, workspace_id, source_type, display_name, config)
     values ($2, $1, 'csv', 'Test', '{}')`,
    [source.workspaceId, source.sourceId],
  );
  return source;
}

describe('credentials', () => {
  it('are kept encrypted and marked on their source', async () => {
    const source = await makeSource();
    await saveCredentials(source, { bearer: 'hunter2' });
    expect(await readCredentials(source)).toEqual({ bearer: 'hunter2' });
    const { rows } = await admin.query(
      `select c.key_id, position('hunter2'::bytea in c.ciphertext) as found, s.credentials_set
       from private.source_credentials c join external_data_sources s on s.id = c.source_id where s.id = $1`,
      [source.sourceId],
    );
    expect(rows).toEqual([{ key_id: 'test', found: 0, credentials_set: true }]);
  });

  it('are replaced as a whole', async () => {
    const source = await makeSource();
    await saveCredentials(source, { bearer: 'old', extra: 1 });
    await saveCredentials(source, { basic: { user: 'u', password: 'p' } });
    expect(await readCredentials(source)).toEqual({ basic: { user: 'u', password: 'p' } });
  });

  it('of a source that has none are null', async () => {
    expect(await readCredentials(await makeSource())).toBeNull();
  });

  it('are not given to, or taken from, another workspace', async () => {
    const [source, other] = [await makeSource(), await makeSource()];
    await saveCredentials(source, { bearer: 'hunter2' });
    const stolen = { ...source, workspaceId: other.workspaceId };
    expect(await readCredentials(stolen)).toBeNull();
    await expect(saveCredentials(stolen, { bearer: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await readCredentials(source)).toEqual({ bearer: 'hunter2' });
  });

  it('moved to another source in the database can no longer be read', async () => {
    const [source, other] = [await makeSource(), await makeSource()];
    await saveCredentials(source, { bearer: 'hunter2' });
    await admin.query(
      `insert into private.source_credentials (source_id, workspace_id, key_id, ciphertext)
       select $2, $3, key_id, ciphertext from private.source_credentials where source_id = $1`,
      [source.sourceId, other.sourceId, other.workspaceId],
    );
    await expect(readCredentials(other)).rejects.toMatchObject({ code: 'AUTH_FAILED' });
  });
});
