'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '#lib/api/action.ts';
import { invite, renewInvitation, revokeInvitation } from '#lib/workspaces/invitations.ts';
import { changeRole, removeMember, resumeExports } from '#lib/workspaces/members.ts';

const PAGE = '/settings/members';
const owner = { role: 'owner' } as const;
const roleName = z.enum(['viewer', 'editor', 'owner']);
const byId = z.strictObject({ id: z.guid() });

const inviteInput = z.strictObject({
  email: z.email('must be an e-mail address').max(320, 'is too long'),
  role: roleName,
});

export const inviteByMail = action(
  inviteInput,
  async (session, input) => {
    const sent = await invite(session, input);
    revalidatePath(PAGE);
    return sent;
  },
  owner,
);

export const renew = action(
  byId,
  async (session, { id }) => {
    const sent = await renewInvitation(session, id);
    revalidatePath(PAGE);
    return sent;
  },
  owner,
);

export const revoke = action(
  byId,
  async (session, { id }) => {
    await revokeInvitation(session, id);
    revalidatePath(PAGE);
  },
  owner,
);

export const setRole = action(
  z.strictObject({ userId: z.guid(), role: roleName }),
  async (session, { userId, role }) => {
    await changeRole(session, userId, role);
    revalidatePath(PAGE);
  },
  owner,
);

const removeInput = z.strictObject({ userId: z.guid(), heir: z.guid().nullable() });

export const remove = action(
  removeInput,
  async (session, { userId, heir }) => {
    await removeMember(session, userId, heir);
    revalidatePath(PAGE);
  },
  owner,
);

/** Whoever leaves goes on in another workspace. */
export const leave = action(
  z.strictObject({ heir: z.guid().nullable() }),
  async (session, { heir }) => {
    await removeMember(session, session.userId, heir);
    redirect('/workspaces');
  },
  { role: 'viewer' },
);

export const handOver = action(
  z.strictObject({ heir: z.guid() }),
  async (session, { heir }) => {
    await resumeExports(session, heir);
    revalidatePath(PAGE);
  },
  owner,
);
