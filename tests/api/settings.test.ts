import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import { type Client, clientOf } from '#tests/api/client.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';

interface Key {
  readonly id: string;
  readonly key: string;
}

let application: TestApplication;
let owner: Client;
let editor: Client;
let viewer: Client;

beforeAll(async () => {
  application = await startApplication();
  const { url, admin } = application;
  const session = await signUp(admin);
  const keyOf = async (scope: 'read' | 'write' | 'admin') =>
    clientOf(url, (await createApiKey(session, { name: scope, scope })).key);
  owner = await keyOf('admin');
  editor = await keyOf('write');
  viewer = await keyOf('read');
});
afterAll(async () => {
  await closePools();
  await application?.close();
});

async function makeKey(): Promise<Key> {
  const { status, json } = await owner('POST', '/api/api-keys', { name: 'Nightly', scope: 'read' });
  expect(status).toBe(201);
  return json as Key;
}

describe('an API key made over HTTP', () => {
  it('works, is listed without itself, and is refused once it was revoked', async () => {
    const { id, key } = await makeKey();
    const made = clientOf(application.url, key);
    expect((await made('GET', '/api/jobs')).status).toBe(200);
    const { text, json } = await viewer('GET', '/api/api-keys');
    expect(json).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id })]) });
    expect(text).not.toContain(key);
    expect((await owner('DELETE', `/api/api-keys/${id}`)).status).toBe(204);
    expect((await made('GET', '/api/jobs')).status).toBe(401);
  });

  it.each([
    ['more than its maker may', { name: 'Much', scope: 'admin' }, 403],
    ['nothing that is known', { name: 'What', scope: 'all' }, 422],
    ['until a time that is over', { name: 'Late', scope: 'read', expiresAt: '2020-01-01T00:00:00Z' }, 422],
  ])('that may do %s is refused', async (_, body, status) => {
    expect((await editor('POST', '/api/api-keys', body)).status).toBe(status);
  });
});

describe('the audit trail over HTTP', () => {
  it('is narrowed by its query and goes on at its cursor', async () => {
    const { id } = await makeKey();
    await owner('DELETE', `/api/api-keys/${id}`);
    const first = await editor('GET', `/api/audit?targetId=${id}&limit=1`);
    const page = first.json as { items: { action: string }[]; nextCursor: string };
    expect(page.items).toMatchObject([
      { action: 'api_key.revoked', actor: { kind: 'api_key', name: 'admin' } },
    ]);
    const next = await editor('GET', `/api/audit?targetId=${id}&limit=1&cursor=${page.nextCursor}`);
    expect(next.json).toMatchObject({ items: [{ action: 'api_key.created' }], nextCursor: null });
  });

  it('is not for those who may only read', async () => {
    expect((await viewer('GET', '/api/audit')).status).toBe(403);
  });
});
