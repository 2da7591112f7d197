import { afterAll, beforeAll, expect, it } from 'vitest';
import { listMembers } from '#lib/workspaces/members.ts';
import { getProfile, saveProfile } from '#lib/workspaces/profile.ts';
import { createWorkspace } from '#lib/workspaces/workspaces.ts';
import { type PeopleGround, preparePeople } from '#tests/lib/workspaces/ground.ts';

let ground: PeopleGround;
beforeAll(async () => {
  ground = await preparePeople();
});
afterAll(() => ground.close());

it('a profile is empty until it is saved, and is then as it was saved', async () => {
  const owner = await ground.owner();
  expect(await getProfile(owner)).toEqual({ displayName: null, timeZone: null, alertMails: true });
  const profile = { displayName: 'Ada', timeZone: 'Europe/Berlin', alertMails: false };
  await saveProfile(owner, profile);
  expect(await getProfile(owner)).toEqual(profile);
  await saveProfile(owner, { displayName: null, timeZone: null, alertMails: true });
  expect(await getProfile(owner)).toEqual({ displayName: null, timeZone: null, alertMails: true });
});

it('a profile is one’s own', async () => {
  const owner = await ground.owner();
  const other = await ground.owner();
  await saveProfile(owner, { displayName: 'Ada', timeZone: null, alertMails: true });
  expect(await getProfile(other)).toEqual({ displayName: null, timeZone: null, alertMails: true });
});

it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])(
  '%s is a time zone',
  async (timeZone) => {
    const owner = await ground.owner();
    await saveProfile(owner, { displayName: null, timeZone, alertMails: true });
    expect((await getProfile(owner)).timeZone).toBe(timeZone);
  },
);

it.each(['Mars/Olympus', '+03:00', 'Europe/Berlin; drop', '', 'posix/Europe/Berlin'])(
  '%j is no time zone',
  async (timeZone) => {
    const saved = saveProfile(await ground.owner(), { displayName: null, timeZone, alertMails: true });
    await expect(saved).rejects.toMatchObject({
      code: 'invalid',
      fields: { timeZone: expect.any(String) },
    });
  },
);

it('members of a workspace see each other’s names and addresses, and nobody else’s', async () => {
  const owner = await ground.owner();
  const viewer = await ground.member(owner.workspaceId, 'viewer');
  await saveProfile(owner, { displayName: 'Ada', timeZone: 'UTC', alertMails: true });
  const people = await listMembers(viewer);
  expect(people).toMatchObject([
    { userId: owner.userId, displayName: 'Ada', role: 'owner', email: expect.stringContaining('@') },
    { userId: viewer.userId, displayName: null, role: 'viewer' },
  ]);
  expect(await listMembers({ ...(await ground.owner()), workspaceId: owner.workspaceId })).toEqual([]);
});

it('whoever makes a workspace owns it', async () => {
  const person = await ground.account();
  const workspaceId = await createWorkspace(person, 'Acme');
  const actor = { kind: 'user', id: person.userId } as const;
  const members = await listMembers({ workspaceId, actor, userId: person.userId, role: 'owner' });
  expect(members).toMatchObject([{ userId: person.userId, role: 'owner' }]);
  expect(await ground.trail(workspaceId)).toEqual(['workspace.created']);
});
