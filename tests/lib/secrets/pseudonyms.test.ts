import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import type { Key } from '#lib/secrets/keyring.ts';
import { pseudonymKey, pseudonymSecret } from '#lib/secrets/pseudonyms.ts';
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

const [old, young]: [Key, Key] = [
  { id: 'old', secret: randomBytes(32) },
  { id: 'young', secret: randomBytes(32) },
];

async function makeWorkspace(): Promise<string> {
  const id = randomUUID();
  await admin.query(`insert into workspaces (id, name) values ($1, 'Test')`, [id]);
  return id;
}

describe('the secret of a workspace’s pseudonyms', () => {
  it('is one, however many ask for it first', async () => {
    const workspace = await makeWorkspace();
    const asked = await Promise.all(Array.from({ length: 5 }, () => pseudonymSecret(workspace)));
    expect(new Set(asked.map((secret) => secret.toString('hex'))).size).toBe(1);
    expect(asked[0]).toHaveLength(32);
  });

  it('is no other workspace’s', async () => {
    const [one, other] = [await makeWorkspace(), await makeWorkspace()];
    expect(await pseudonymSecret(one)).not.toEqual(await pseudonymSecret(other));
  });

  it('outlives a new first key, and says which one it lacks without the old', async () => {
    const workspace = await makeWorkspace();
    const made = await pseudonymSecret(workspace, [old]);
    expect(await pseudonymSecret(workspace, [young, old])).toEqual(made);
    await expect(pseudonymSecret(workspace, [young])).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('the key "old" has to be among ENCRYPTION_KEYS'),
    });
  });

  it('is stored sealed for its workspace alone', async () => {
    const [one, other] = [await makeWorkspace(), await makeWorkspace()];
    const secret = await pseudonymSecret(one);
    const { rows } = await admin.query(
      'select ciphertext from private.pseudonym_secrets where workspace_id = $1',
      [one],
    );
    expect(rows[0].ciphertext.includes(secret)).toBe(false);
    expect(rows[0].ciphertext.includes(Buffer.from(secret.toString('base64')))).toBe(false);
    await admin.query(
      `insert into private.pseudonym_secrets (workspace_id, key_id, ciphertext)
       select $2, key_id, ciphertext from private.pseudonym_secrets where workspace_id = $1`,
      [one, other],
    );
    await expect(pseudonymSecret(other)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('goes with its workspace', async () => {
    const workspace = await makeWorkspace();
    await pseudonymSecret(workspace);
    await admin.query('delete from workspaces where id = $1', [workspace]);
    const { rows } = await admin.query('select from private.pseudonym_secrets where workspace_id = $1', [
      workspace,
    ]);
    expect(rows).toEqual([]);
  });

  it('gives another key for another salt', () => {
    const secret = randomBytes(32);
    expect(pseudonymKey(secret, 'a')).toEqual(pseudonymKey(secret, 'a'));
    expect(pseudonymKey(secret, 'a')).not.toEqual(pseudonymKey(secret, 'b'));
  });
});
