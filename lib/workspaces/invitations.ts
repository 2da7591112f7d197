import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { requireRole } from '#lib/auth/roles.ts';
import type { Role, Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { canSendMail, sendMail } from '#lib/mail.ts';
import { type InvitationLetter, invitationMail } from '#lib/workspaces/invitation-mail.ts';

/** An invitation that nobody has accepted yet. Times are ISO 8601 in UTC. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly expired: boolean;
}

/** An invitation as it is made: its link is seen this once. */
export interface SentInvitation {
  readonly id: string;
  readonly email: string;
  readonly link: string;
  /** Tells this link from the ones before and after it. */
  readonly expiresAt: string;
  /** `none` where no mail server is set up: the link is then to be passed on by hand, as after `failed`. */
  readonly mail: 'sent' | 'failed' | 'none';
}

type Made = Pick<Invitation, 'id' | 'expiresAt'>;

const TOKEN_BYTES = 32;

/** The invitations that are neither accepted nor revoked, the newest first. Needs owner. */
export function listInvitations(session: Session): Promise<Invitation[]> {
  requireRole(session, 'owner');
  return asMember(session, async ({ db }) => {
    const listed = await sql<Invitation>`
      select id, email, role, created_at as "createdAt", expires_at as "expiresAt", expires_at <= now() as expired
      from public.invitations
      where workspace_id = ${session.workspaceId} and accepted_at is null and revoked_at is null
      order by created_at desc, id
    `.execute(db);
    return listed.rows;
  });
}

/**
 * Invites an address for seven days and mails the link. Whoever was invited before gets a new link, and the old
 * one ends. Needs owner; throws `conflict` for a member's address. A mail that fails leaves the invitation standing.
 */
export async function invite(
  session: Session,
  { email, role }: { readonly email: string; readonly role: Role },
): Promise<SentInvitation> {
  requireRole(session, 'owner');
  const token = newToken();
  const written = await asMember(session, async (tx) => {
    const address = email.toLowerCase();
    const hash = hashToken(token);
    await refuseMember(tx, address);
    const made = await sql<Made>`
      insert into public.invitations (workspace_id, email, role, token_hash)
      values (${session.workspaceId}, ${address}, ${role}, ${hash})
      on conflict (workspace_id, email) where accepted_at is null and revoked_at is null
      do update set role = ${role}, token_hash = ${hash}, expires_at = now() + interval '7 days'
      returning id, expires_at as "expiresAt"
    `.execute(tx.db);
    const [invitation] = made.rows as [Made];
    await audit(tx, 'invitation.created', invitation.id, { email: address, role });
    return { ...invitation, letter: await letterTo(tx, session, { to: address, role, token }) };
  });
  return deliver(written);
}

/** Gives an invitation a new link and seven more days, and mails it once more; the old link ends. Needs owner. */
export async function renewInvitation(session: Session, id: string): Promise<SentInvitation> {
  requireRole(session, 'owner');
  const token = newToken();
  const written = await asMember(session, async (tx) => {
    const renewed = await sql<Made & { email: string; role: Role }>`
      update public.invitations set token_hash = ${hashToken(token)}, expires_at = now() + interval '7 days'
      where id = ${id} and workspace_id = ${session.workspaceId} and accepted_at is null and revoked_at is null
      returning id, email, role, expires_at as "expiresAt"
    `.execute(tx.db);
    const [found] = renewed.rows;
    if (!found) throw noSuchInvitation();
    const { email, role, expiresAt } = found;
    await audit(tx, 'invitation.renewed', id, { email });
    return { id, expiresAt, letter: await letterTo(tx, session, { to: email, role, token }) };
  });
  return deliver(written);
}

/** Ends an invitation's link for good. Needs owner. */
export async function revokeInvitation(session: Session, id: string): Promise<void> {
  requireRole(session, 'owner');
  await asMember(session, async (tx) => {
    const revoked = await sql<{ email: string }>`
      update public.invitations set revoked_at = now()
      where id = ${id} and workspace_id = ${session.workspaceId} and accepted_at is null and revoked_at is null
      returning email
    `.execute(tx.db);
    const [found] = revoked.rows;
    if (!found) throw noSuchInvitation();
    await audit(tx, 'invitation.revoked', id, { email: found.email });
  });
}

/** What is kept of a token. It has 256 random bits, so a plain digest cannot be searched. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

async function refuseMember({ db }: Tx, email: string): Promise<void> {
  const found = await sql`
    select from private.workspace_people() p where lower(p.email) = ${email}
  `.execute(db);
  if (found.rows.length === 0) return;
  const message = `${email} is a member of this workspace already.`;
  throw new EntrepotError('conflict', message, { fields: { email: message } });
}

async function letterTo(
  { db }: Tx,
  { userId, workspaceId }: Session,
  { to, role, token }: { readonly to: string; readonly role: Role; readonly token: string },
): Promise<InvitationLetter> {
  const found = await sql<{ workspaceName: string; invitedBy: string }>`
    select w.name as "workspaceName", coalesce(p.display_name, p.email, 'Somebody') as "invitedBy"
    from public.workspaces w left join private.workspace_people() p on p.user_id = ${userId}
    where w.id = ${workspaceId}
  `.execute(db);
  const { workspaceName, invitedBy } = found.rows[0] as { workspaceName: string; invitedBy: string };
  return { to, role, workspaceName, invitedBy, link: `${env().APP_URL}/invitation/${token}` };
}

/** Outside of any transaction: a mail server may take its time. */
async function deliver({
  letter,
  ...invitation
}: Made & { readonly letter: InvitationLetter }): Promise<SentInvitation> {
  const made = { ...invitation, email: letter.to, link: letter.link };
  if (!canSendMail()) return { ...made, mail: 'none' };
  try {
    await sendMail(invitationMail(letter));
    return { ...made, mail: 'sent' };
  } catch (error) {
    log().warn({ error, invitation: made.id }, 'an invitation could not be mailed');
    return { ...made, mail: 'failed' };
  }
}

function noSuchInvitation(): EntrepotError {
  return new EntrepotError('not_found', 'This invitation is over: it was accepted or revoked. Invite anew.');
}
