import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '#lib/auth/session.ts';
import { invite, listInvitations, renewInvitation, revokeInvitation } from '#lib/workspaces/invitations.ts';
import { acceptInvitation, readOffer } from '#lib/workspaces/joining.ts';
import { listMembers } from '#lib/workspaces/members.ts';
import { saveProfile } from '#lib/workspaces/profile.ts';
import { type PeopleGround, preparePeople } from '#tests/lib/workspaces/ground.ts';
import { type MailServer, startMailServer } from '#tests/support/smtp.ts';

let ground: PeopleGround;
let mailServer: MailServer;
let owner: Session;
beforeAll(async () => {
  mailServer = await startMailServer();
  ground = await preparePeople({ SMTP_URL: mailServer.url, APP_URL: 'https://entrepot.example.com' });
});
afterAll(async () => {
  await ground.close();
  await mailServer.close();
});
beforeEach(async () => {
  mailServer.refuses = false;
  owner = await ground.owner();
});

const tokenOf = (link: string) => link.split('/').at(-1) ?? '';

async function invited(email: string, role: 'viewer' | 'editor' | 'owner' = 'editor'): Promise<string> {
  return tokenOf((await invite(owner, { email, role })).link);
}

describe('the mail', () => {
  it('says who invites whom to what, and its link is the one that works', async () => {
    const person = await ground.account();
    await saveProfile(owner, { displayName: 'Ada & <b>Sons</b>', timeZone: null, alertMails: true });
    const { link, mail } = await invite(owner, { email: person.email, role: 'editor' });
    expect(mail).toBe('sent');
    const received = mailServer.mails.at(-1);
    expect(received?.recipients).toEqual([person.email]);
    expect(received?.email.subject).toContain('Ada & <b>Sons</b> invites you');
    expect(received?.email.text).toContain(link);
    expect(received?.email.html).toContain(`href="${link}"`);
    expect(received?.email.html).toContain('Ada &amp; &lt;b&gt;Sons&lt;/b&gt; invites you');
    expect(link).toMatch(/^https:\/\/entrepot\.example\.com\/invitation\/[\w-]{43}$/);
    expect(await acceptInvitation(person, tokenOf(link))).toBe(owner.workspaceId);
  });

  it('that fails leaves the invitation standing, to be sent again', async () => {
    mailServer.refuses = true;
    const failed = await invite(owner, { email: 'late@example.com', role: 'viewer' });
    expect(failed.mail).toBe('failed');
    expect(await listInvitations(owner)).toMatchObject([{ id: failed.id, email: 'late@example.com' }]);
    mailServer.refuses = false;
    expect((await renewInvitation(owner, failed.id)).mail).toBe('sent');
  });
});

describe('whoever accepts', () => {
  it('becomes a member with the role offered, once', async () => {
    const person = await ground.account();
    const token = await invited(person.email.toUpperCase());
    expect(await readOffer(token)).toMatchObject({ email: person.email, role: 'editor', state: 'open' });
    await acceptInvitation(person, token);
    expect(await listMembers(owner)).toMatchObject([
      { userId: owner.userId },
      { userId: person.userId, role: 'editor' },
    ]);
    expect(await listInvitations(owner)).toEqual([]);
    await expect(acceptInvitation(person, token)).rejects.toMatchObject({ code: 'conflict' });
    expect(await ground.trail(owner.workspaceId)).toEqual(['invitation.created', 'invitation.accepted']);
  });

  it('is let in once when the button is pressed twice', async () => {
    const person = await ground.account();
    const token = await invited(person.email);
    const pressed = await Promise.allSettled([1, 2].map(() => acceptInvitation(person, token)));
    expect(pressed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('must have the address that was invited', async () => {
    const token = await invited('somebody@example.com');
    await expect(acceptInvitation(await ground.account(), token)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('another e-mail address'),
    });
    expect(await listMembers(owner)).toHaveLength(1);
  });

  it('must have shown that the address is theirs', async () => {
    const person = await ground.account(undefined, { confirmed: false });
    await expect(acceptInvitation(person, await invited(person.email))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Confirm your e-mail address'),
    });
  });
});

describe('a link', () => {
  it('that is older than seven days is over, until it is renewed', async () => {
    const person = await ground.account();
    const { id, link } = await invite(owner, { email: person.email, role: 'viewer' });
    await ground.admin.query(
      `update invitations set expires_at = expires_at - interval '7 days' where id = $1`,
      [id],
    );
    await expect(acceptInvitation(person, tokenOf(link))).rejects.toMatchObject({
      code: 'link_expired',
      message: expect.stringContaining('seven days'),
    });
    expect(await listInvitations(owner)).toMatchObject([{ expired: true }]);
    const renewed = await renewInvitation(owner, id);
    expect(await acceptInvitation(person, tokenOf(renewed.link))).toBe(owner.workspaceId);
  });

  it('that was taken back is over for good', async () => {
    const person = await ground.account();
    const { id, link } = await invite(owner, { email: person.email, role: 'viewer' });
    await revokeInvitation(owner, id);
    await expect(acceptInvitation(person, tokenOf(link))).rejects.toMatchObject({
      code: 'link_expired',
      message: expect.stringContaining('taken back'),
    });
    await expect(renewInvitation(owner, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends when another is sent in its place, by renewing or by inviting again', async () => {
    const first = await invite(owner, { email: 'again@example.com', role: 'viewer' });
    const second = await renewInvitation(owner, first.id);
    const third = await invite(owner, { email: 'Again@example.com', role: 'editor' });
    expect(third.id).toBe(first.id);
    for (const { link } of [first, second]) {
      await expect(readOffer(tokenOf(link))).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await readOffer(tokenOf(third.link))).toMatchObject({ role: 'editor' });
    expect(await listInvitations(owner)).toHaveLength(1);
  });

  it('is kept as its digest alone', async () => {
    const token = await invited('digest@example.com');
    const { rows } = await ground.admin.query(
      `select to_jsonb(i)::text as row from invitations i where email = 'digest@example.com'`,
    );
    expect(rows[0].row).not.toContain(token);
    expect(rows[0].row).not.toContain(Buffer.from(token).toString('hex'));
  });
});

describe('inviting', () => {
  it('a member is refused, and says why', async () => {
    const member = await ground.account();
    await acceptInvitation(member, await invited(member.email));
    await expect(invite(owner, { email: member.email, role: 'viewer' })).rejects.toMatchObject({
      code: 'conflict',
      fields: { email: expect.stringContaining('already') },
    });
  });

  it.each(['viewer', 'editor'] as const)('is not for a member who is %s', async (role) => {
    const member = await ground.member(owner.workspaceId, role);
    const { id } = await invite(owner, { email: 'x@example.com', role: 'viewer' });
    const forbidden = { code: 'forbidden' };
    await expect(invite(member, { email: 'y@example.com', role: 'viewer' })).rejects.toMatchObject(forbidden);
    await expect(renewInvitation(member, id)).rejects.toMatchObject(forbidden);
    await expect(revokeInvitation(member, id)).rejects.toMatchObject(forbidden);
    expect(() => listInvitations(member)).toThrow(expect.objectContaining(forbidden));
  });

  it('does not reach into another workspace', async () => {
    const { id } = await invite(owner, { email: 'x@example.com', role: 'viewer' });
    const stranger = await ground.owner();
    await expect(renewInvitation(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(revokeInvitation(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await listInvitations(stranger)).toEqual([]);
  });
});
