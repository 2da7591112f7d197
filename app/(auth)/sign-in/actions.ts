'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction } from '#lib/api/action.ts';
import { nextPath } from '#lib/auth/next-path.ts';
import { forgetForeignWorkspace } from '#lib/auth/remember-workspace.ts';
import { endSession, startSession } from '#lib/auth/sign-in.ts';

const signInInput = z.strictObject({
  email: z.email('must be an e-mail address'),
  password: z.string().min(1, 'must not be empty'),
  /** A path of ours to go on to. */
  next: z.string().optional(),
});

export const signIn = openAction(signInInput, async ({ email, password, next }) => {
  await forgetForeignWorkspace(await startSession({ email, password }));
  redirect(nextPath(next));
});

export async function signOut(): Promise<void> {
  await endSession();
  redirect('/sign-in');
}
