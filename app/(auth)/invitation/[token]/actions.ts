'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction, personAction } from '#lib/api/action.ts';
import { newPassword } from '#lib/auth/new-password.ts';
import { rememberWorkspace } from '#lib/auth/remember-workspace.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { acceptInvitation, readOffer } from '#lib/workspaces/joining.ts';

const token = z.string().min(1);

/** Lets the signed-in person into the workspace. */
export const join = personAction(z.strictObject({ token }), async (person, { token }) => {
  await rememberWorkspace(person.userId, await acceptInvitation(person, token));
  redirect('/home');
});

/** Makes an account for the invited address and lets it in; resolves where a mail is to be confirmed first. */
export const signUpAndJoin = openAction(
  z.strictObject({ token, password: newPassword }),
  async ({ token, password }) => {
    const { email } = await readOffer(token);
    const userId = await signUp({ email, password }, `/invitation/${token}`);
    if (userId === null) return { confirm: email };
    await rememberWorkspace(userId, await acceptInvitation({ userId }, token));
    redirect('/home');
  },
);
