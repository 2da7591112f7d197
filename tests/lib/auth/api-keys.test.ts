import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, listApiKeys, newApiKey, revokeApiKey } from '#lib/auth/api-keys.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { cookieJar } from '#lib/auth/cookies.ts';
import type { Scope } from '#lib/auth/roles.ts';
import type { Role, Session } from '#lib/auth/session.ts';
import { closePools } from '#lib/db/pool.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { join, signUp } from '#tests/support/people.ts';

let database: TestDatabase;
let admin: pg.Client;
let owner: Session;

beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
  owner = await signUp(admin);
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await database.drop();
});

function authenticateKey(key: string, headers: Record<string, string> = {}): Promise<Session> {
  const request = new Request('http://localhost/', {
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
  return authenticate(request, cookieJar(request));
}

const refused = { code: 'unauthenticated' };

describe('an API key', () => {
  it('acts in its workspace as its maker', async () => {
    const { id, key } = await createApiKey(owner, { name: 'All', scope: 'admin' });
    expect(await authenticateKey(key)).toEqual({ ...owner, actor: { kind: 'api_key', id } });
  });

  it('is kept as its digest alone', async () => {
    const { id, key } = await createApiKey(owner, { name: 'Kept', scope: 'read' });
    const stored = await admin.query('select to_jsonb(k) as row, hash from public.api_keys k where id = $1', [
      id,
    ]);
    expect(JSON.stringify(stored.rows[0].row)).not.toContain(key);
    expect(stored.rows[0].hash).toEqual(createHash('sha256').update(key).digest());
  });

  const rights: [Scope, Role, Role][] = [
    ['read', 'viewer', 'viewer'],
    ['read', 'editor', 'viewer'],
    ['read', 'owner', 'viewer'],
    ['write', 'viewer', 'viewer'],
    ['write', 'editor', 'editor'],
    ['write', 'owner', 'editor'],
    ['admin', 'viewer', 'viewer'],
    ['admin', 'editor', 'editor'],
    ['admin', 'owner', 'owner'],
  ];
  it.each(rights)('of scope %s whose maker is now %s acts as %s', async (scope, present, acting) => {
    const maker = await signUp(admin);
    const joined = await join(admin, maker.userId, owner.workspaceId, 'owner');
    const { key } = await createApiKey(joined, { name: 'Any', scope });
    await join(admin, maker.userId, owner.workspaceId, present);
    expect((await authenticateKey(key)).role).toBe(acting);
  });

  it.each<[string, string]>([
    ['revoked', 'update public.api_keys set revoked_at = now() where id = $1'],
    ['expired', "update public.api_keys set expires_at = now() - interval '1 second' where id = $1"],
    [
      'whose maker left the workspace',
      `delete from public.workspace_members m using public.api_keys k
       where k.id = $1 and m.user_id = k.created_by and m.workspace_id = k.workspace_id`,
    ],
  ])('that is %s opens nothing', async (_, ending) => {
    const maker = await join(admin, (await signUp(admin)).userId, owner.workspaceId, 'editor');
    const { id, key } = await createApiKey(maker, { name: 'Ending', scope: 'write' });
    await authenticateKey(key);
    await admin.query(ending, [id]);
    await expect(authenticateKey(key)).rejects.toMatchObject(refused);
  });

  it.each([`ent_${'a'.repeat(43)}`, 'ent_short', '', 'eyJhbGciOiJIUzI1NiJ9.e30.x'])(
    'that was never made (%j) opens nothing',
    async (key) => {
      await expect(authenticateKey(key)).rejects.toMatchObject(refused);
    },
  );

  it('does not open the other workspace of its maker', async () => {
    const elsewhere = await signUp(admin);
    await join(admin, owner.userId, elsewhere.workspaceId, 'owner');
    const { key } = await createApiKey(owner, { name: 'Here', scope: 'admin' });
    const asked = authenticateKey(key, { 'Entrepot-Workspace': elsewhere.workspaceId });
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('making and revoking keys', () => {
  it.each<[Role, Scope]>([
    ['viewer', 'read'],
    ['editor', 'admin'],
  ])('a caller acting as %s makes no key of scope %s', async (role, scope) => {
    const asked = createApiKey({ ...owner, role }, { name: 'More', scope });
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('lists what recognises a key and nothing that opens', async () => {
    const maker = await signUp(admin);
    const { id, key } = await createApiKey(maker, { name: 'Listed', scope: 'write' });
    const listed = await listApiKeys(maker);
    expect(listed).toMatchObject([{ id, name: 'Listed', scope: 'write', prefix: key.slice(0, 10) }]);
    expect(JSON.stringify(listed)).not.toContain(key.slice(10));
  });

  it('says who made a key, by their address while they are a member', async () => {
    const maker = await join(admin, (await signUp(admin)).userId, owner.workspaceId, 'editor');
    const { id } = await createApiKey(maker, { name: 'Left behind', scope: 'read' });
    const makerOf = async () => (await listApiKeys(owner)).find((key) => key.id === id)?.createdBy;
    expect(await makerOf()).toEqual({ id: maker.userId, email: `${maker.userId}@example.com` });
    await admin.query('delete from public.workspace_members where user_id = $1 and workspace_id = $2', [
      maker.userId,
      owner.workspaceId,
    ]);
    expect(await makerOf()).toEqual({ id: maker.userId, email: null });
  });

  it.each([
    [{ name: ' ', scope: 'read' }, 'name'],
    [{ name: 'Late', scope: 'read', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ name: 'Much', scope: 'everything' }, 'scope'],
  ])('is not asked for by %j', (asked, field) => {
    expect(newApiKey.safeParse(asked).error?.issues[0]?.path).toEqual([field]);
  });

  it('revokes for good, and leaves both in the audit trail', async () => {
    const { id, key } = await createApiKey(owner, { name: 'Gone', scope: 'read' });
    await revokeApiKey(owner, id);
    await expect(authenticateKey(key)).rejects.toMatchObject(refused);
    const trail = await admin.query('select action from audit_log where target_id = $1 order by id', [id]);
    expect(trail.rows).toEqual([{ action: 'api_key.created' }, { action: 'api_key.revoked' }]);
  });

  it("does not revoke another member's key unless an owner asks", async () => {
    const { id, key } = await createApiKey(owner, { name: 'Mine', scope: 'read' });
    const editor = await join(admin, (await signUp(admin)).userId, owner.workspaceId, 'editor');
    await expect(revokeApiKey(editor, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(authenticateKey(key)).resolves.toMatchObject({ role: 'viewer' });
  });

  it('does not revoke the key of another workspace', async () => {
    const { id } = await createApiKey(owner, { name: 'Ours', scope: 'read' });
    await expect(revokeApiKey(await signUp(admin), id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
