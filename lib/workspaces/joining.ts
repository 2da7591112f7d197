import { sql } from 'kysely';
import type { Role } from '#lib/auth/session.ts';
import type { SignedIn } from '#lib/auth/signed-in.ts';
import { EntrepotError, type ErrorCode, isEntrepotError } from '#lib/core/errors.ts';
import { asCaller, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { hashToken } from '#lib/workspaces/invitations.ts';

/** What an invitation's link offers to whoever holds it. */
export interface Offer {
  readonly id: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly email: string;
  readonly role: Role;
  /** A name or an address; null where the account is gone. */
  readonly invitedBy: string | null;
  readonly state: 'open' | 'accepted' | 'revoked' | 'expired';
}

/** What is behind a link. Throws `not_found` where no invitation has it, `link_expired` or `conflict` where it is over. */
export async function readOffer(token: string): Promise<Offer> {
  const found = await asCaller(null, ({ db }) =>
    sql<Offer>`
      select id, workspace_id as "workspaceId", workspace_name as "workspaceName", email, role,
        invited_by as "invitedBy", state
      from private.read_invitation(${hashToken(token)})
    `.execute(db),
  );
  const [offer] = found.rows;
  if (!offer) throw refusal('unknown');
  if (offer.state !== 'open') throw refusal(offer.state);
  return offer;
}

/** The same for a page: the offer, or a sentence on why there is none. */
export async function offerOrReason(token: string): Promise<Offer | string> {
  try {
    return await readOffer(token);
  } catch (error) {
    if (isEntrepotError(error) && over.includes(error.code)) return error.message;
    throw error;
  }
}

const over: readonly ErrorCode[] = ['not_found', 'link_expired', 'conflict'];

/**
 * Makes the signed-in person a member, once, and answers the workspace's id. Throws `not_found`, `link_expired` or
 * `conflict` where the link is over, and `forbidden` where the invitation is for another address than the
 * person's, or they have not confirmed theirs.
 */
export async function acceptInvitation({ userId }: Pick<SignedIn, 'userId'>, token: string): Promise<string> {
  const { id, workspaceId, role } = await readOffer(token);
  await asMember({ workspaceId, actor: { kind: 'user', id: userId } }, async (tx) => {
    const answered = await sql<{ outcome: string }>`
      select private.accept_invitation(${hashToken(token)}) as outcome
    `.execute(tx.db);
    const outcome = answered.rows[0]?.outcome ?? 'unknown';
    if (outcome !== 'joined') throw refusal(outcome);
    await audit(tx, 'invitation.accepted', id, { role });
  });
  return workspaceId;
}

const refusals: Readonly<Record<string, readonly [code: ErrorCode, message: string]>> = {
  unknown: [
    'not_found',
    'This link is not known. Perhaps a newer invitation replaced it: look for a later mail.',
  ],
  expired: ['link_expired', 'This invitation is older than seven days. Ask for a new one.'],
  revoked: ['link_expired', 'This invitation was taken back. Ask for a new one.'],
  accepted: ['conflict', 'This invitation was accepted already. Sign in to go on.'],
  other_address: [
    'forbidden',
    'This invitation is for another e-mail address than yours. Sign out, and come back with that one.',
  ],
  unconfirmed: ['forbidden', 'Confirm your e-mail address first: the link is in your mailbox.'],
};

function refusal(outcome: string): EntrepotError {
  const [code, message] = refusals[outcome] ?? ['not_found' as const, 'This link is not known.'];
  return new EntrepotError(code, message);
}
