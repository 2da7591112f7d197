import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, listApiKeys } from '#lib/auth/api-keys.ts';
import type { Session } from '#lib/auth/session.ts';
import {
  changeRole,
  countPausedExports,
  listMembers,
  removeMember,
  resumeExports,
} from '#lib/workspaces/members.ts';
import { type PeopleGround, preparePeople } from '#tests/lib/workspaces/ground.ts';

let ground: PeopleGround;
beforeAll(async () => {
  ground = await preparePeople();
});
afterAll(() => ground.close());

const lastOwner = { code: 'conflict', message: expect.stringContaining('needs an owner') };

/** An export of somebody's, as its id. */
async function exportOf({ workspaceId, userId }: Session): Promise<string> {
  const id = randomUUID();
  await ground.admin.query(
    `insert into public.exports (id, workspace_id, name, dataset, definition, owner_id)
     values ($1, $2, 'All', 'vendors', '{}', $3)`,
    [id, workspaceId, userId],
  );
  return id;
}

async function ownerOf(exportId: string): Promise<string | null> {
  const { rows } = await ground.admin.query('select owner_id from public.exports where id = $1', [exportId]);
  return rows[0].owner_id;
}

async function rolesIn(session: Session): Promise<Record<string, string>> {
  const members = await listMembers(session);
  return Object.fromEntries(members.map(({ userId, role }) => [userId, role]));
}

describe('a role', () => {
  it('is changed by an owner, and the trail says so', async () => {
    const owner = await ground.owner();
    const member = await ground.member(owner.workspaceId, 'viewer');
    await changeRole(owner, member.userId, 'editor');
    expect((await rolesIn(owner))[member.userId]).toBe('editor');
    expect(await ground.trail(owner.workspaceId)).toEqual(['member.role_changed']);
  });

  it.each(['viewer', 'editor'] as const)('is not changed by a member who is %s', async (role) => {
    const owner = await ground.owner();
    const member = await ground.member(owner.workspaceId, role);
    await expect(changeRole(member, member.userId, 'owner')).rejects.toMatchObject({ code: 'forbidden' });
    // Neither by one who only says to be an owner.
    const liar = { ...member, role: 'owner' } as const;
    await expect(changeRole(liar, member.userId, 'owner')).rejects.toMatchObject({ code: 'not_found' });
    expect((await rolesIn(owner))[member.userId]).toBe(role);
  });

  it('of somebody of another workspace is not found', async () => {
    const stranger = await ground.owner();
    const changed = changeRole(await ground.owner(), stranger.userId, 'viewer');
    await expect(changed).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the last owner', () => {
  it('can neither be demoted nor leave', async () => {
    const owner = await ground.owner();
    await ground.member(owner.workspaceId, 'editor');
    await expect(changeRole(owner, owner.userId, 'editor')).rejects.toMatchObject(lastOwner);
    await expect(removeMember(owner, owner.userId, null)).rejects.toMatchObject(lastOwner);
    expect((await rolesIn(owner))[owner.userId]).toBe('owner');
  });

  it('is whoever remains when two leave at the same moment', async () => {
    const first = await ground.owner();
    const second = await ground.member(first.workspaceId, 'owner');
    const left = await Promise.allSettled(
      [first, second].map((each) => removeMember(each, each.userId, null)),
    );
    expect(left.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('cannot be deleted as an account while others are left behind', async () => {
    const owner = await ground.owner();
    const member = await ground.member(owner.workspaceId, 'viewer');
    const deletion = () => ground.admin.query('delete from auth.users where id = $1', [owner.userId]);
    await expect(deletion()).rejects.toMatchObject({ code: 'ENT03' });
    await removeMember(member, member.userId, null);
    expect((await deletion()).rowCount).toBe(1);
  });
});

describe('removing a member', () => {
  it('passes their exports on to the heir, and ends their keys for good', async () => {
    const owner = await ground.owner();
    const leaver = await ground.member(owner.workspaceId, 'editor');
    const heir = await ground.member(owner.workspaceId, 'editor');
    const [theirs, ours] = [await exportOf(leaver), await exportOf(owner)];
    await createApiKey(leaver, { name: 'Theirs', scope: 'write' });
    expect(await removeMember(owner, leaver.userId, heir.userId)).toBe(1);
    expect(await ownerOf(theirs)).toBe(heir.userId);
    expect(await ownerOf(ours)).toBe(owner.userId);
    expect(await listApiKeys(owner)).toMatchObject([{ name: 'Theirs', revokedAt: expect.any(String) }]);
    expect(await rolesIn(owner)).not.toHaveProperty(leaver.userId);
    expect(await ground.trail(owner.workspaceId)).toContain('member.removed');
  });

  it('without an heir leaves their exports paused until they are handed over', async () => {
    const owner = await ground.owner();
    const leaver = await ground.member(owner.workspaceId, 'editor');
    const id = await exportOf(leaver);
    expect(await removeMember(owner, leaver.userId, null)).toBe(0);
    expect(await ownerOf(id)).toBe(leaver.userId);
    expect(await countPausedExports(owner)).toBe(1);
    expect(await resumeExports(owner, owner.userId)).toBe(1);
    expect(await ownerOf(id)).toBe(owner.userId);
    expect(await countPausedExports(owner)).toBe(0);
  });

  it.each(['viewer', 'stranger', 'leaver'])('does not make the heir of a %s', async (who) => {
    const owner = await ground.owner();
    const leaver = await ground.member(owner.workspaceId, 'editor');
    const viewer = await ground.member(owner.workspaceId, 'viewer');
    const heirs = { viewer, leaver, stranger: await ground.owner() };
    const heir = heirs[who as keyof typeof heirs];
    await exportOf(leaver);
    await expect(removeMember(owner, leaver.userId, heir.userId)).rejects.toMatchObject({
      code: 'invalid',
      fields: { heir: expect.any(String) },
    });
    expect(await rolesIn(owner)).toHaveProperty(leaver.userId);
  });

  it('is for owners; anyone may go by themselves', async () => {
    const owner = await ground.owner();
    const editor = await ground.member(owner.workspaceId, 'editor');
    const viewer = await ground.member(owner.workspaceId, 'viewer');
    const forbidden = { code: 'forbidden' };
    await expect(removeMember(editor, viewer.userId, null)).rejects.toMatchObject(forbidden);
    await expect(resumeExports(editor, editor.userId)).rejects.toMatchObject(forbidden);
    expect(await removeMember(viewer, viewer.userId, null)).toBe(0);
    expect(await rolesIn(owner)).not.toHaveProperty(viewer.userId);
    expect(await ground.trail(owner.workspaceId)).toEqual(['member.left']);
  });

  it('of another workspace is not found', async () => {
    const stranger = await ground.owner();
    const removed = removeMember(await ground.owner(), stranger.userId, null);
    await expect(removed).rejects.toMatchObject({ code: 'not_found' });
  });
});
