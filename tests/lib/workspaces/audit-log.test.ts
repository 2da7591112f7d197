import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, revokeApiKey } from '#lib/auth/api-keys.ts';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { closePools } from '#lib/db/pool.ts';
import { auditFilter, listAudit } from '#lib/workspaces/audit-log.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { join, signUp } from '#tests/support/people.ts';

let database: TestDatabase;
let admin: pg.Client;
let owner: Session;
let editor: Session;
/** A key of the owner's. */
let key: Session;

beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
  owner = await signUp(admin);
  editor = await join(admin, (await signUp(admin)).userId, owner.workspaceId, 'editor');
  const { id } = await createApiKey(owner, { name: 'Nightly', scope: 'write' });
  key = { ...owner, actor: { kind: 'api_key', id }, role: 'editor' };
  const made = await createApiKey(editor, { name: 'Of the editor', scope: 'read' });
  await revokeApiKey(editor, made.id);
  await note(key, 'export.started', { jobId: 'one' });
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await database.drop();
});

const note = (session: Session, action: `${string}.${string}`, details = {}) =>
  asMember(session, (tx) => audit(tx, action, null, details));

async function actionsOf(filter: Record<string, string>): Promise<string[]> {
  const { items } = await listAudit(owner, { limit: 50, ...auditFilter.parse(filter) });
  return items.map(({ action }) => action);
}

describe('the audit trail', () => {
  it('says who did what to what, by name, the latest first', async () => {
    const { items } = await listAudit(editor, { limit: 50 });
    const email = `${editor.userId}@example.com`;
    expect(items.map(({ action }) => action)).toEqual([
      'export.started',
      'api_key.revoked',
      'api_key.created',
      'api_key.created',
    ]);
    expect(items[0]).toMatchObject({
      actor: { kind: 'api_key', id: key.actor.id, name: 'Nightly' },
      userId: owner.userId,
      details: { jobId: 'one' },
    });
    expect(items[1]).toMatchObject({
      actor: { kind: 'user', id: editor.userId, name: email },
      targetName: 'Of the editor',
    });
  });

  it('is narrowed to an action, a target, and a person with their keys', async () => {
    expect(await actionsOf({ action: 'api_key.created' })).toHaveLength(2);
    expect(await actionsOf({ actorId: owner.userId })).toEqual(['export.started', 'api_key.created']);
    expect(await actionsOf({ actorId: key.actor.id })).toEqual(['export.started']);
    expect(await actionsOf({ targetId: key.actor.id })).toEqual(['api_key.created']);
    expect(await actionsOf({ targetId: key.actor.id, action: 'export.started' })).toEqual([]);
  });

  it('is narrowed to a time, from its beginning to before its end', async () => {
    const { items } = await listAudit(owner, { limit: 50 });
    const [latest] = items;
    const at = latest?.createdAt ?? '';
    expect(await actionsOf({ from: at })).toEqual(['export.started']);
    expect(await actionsOf({ to: at })).toHaveLength(items.length - 1);
  });

  it('shows each line once over all pages', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAudit(owner, { limit: 1, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
  });

  it("shows nothing of another workspace's", async () => {
    const stranger = await signUp(admin);
    expect((await listAudit(stranger, { limit: 50 })).items).toEqual([]);
    expect((await listAudit(stranger, { limit: 50, targetId: key.actor.id })).items).toEqual([]);
  });

  it('is not for viewers', async () => {
    const viewer = await join(admin, (await signUp(admin)).userId, owner.workspaceId, 'viewer');
    await expect(listAudit(viewer, { limit: 50 })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([{ from: 'yesterday' }, { from: '2026-01-31' }, { actorId: 'me' }, { since: 'x' }])(
    'takes no filter %j',
    (filter) => {
      expect(auditFilter.safeParse(filter).success).toBe(false);
    },
  );
});
