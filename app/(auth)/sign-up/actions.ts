'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction } from '#lib/api/action.ts';
import { newPassword } from '#lib/auth/new-password.ts';
import { nextPath } from '#lib/auth/next-path.ts';
import { forgetForeignWorkspace } from '#lib/auth/remember-workspace.ts';
import { signUp as makeAccount } from '#lib/auth/sign-up.ts';

const signUpInput = z.strictObject({
  email: z.email('must be an e-mail address'),
  password: newPassword,
  /** A path of ours to go on to. */
  next: z.string().optional(),
});

/** Resolves where a mail is to be confirmed first; whoever is in at once goes on. */
export const signUp = openAction(signUpInput, async ({ email, password, next }) => {
  const path = nextPath(next);
  const userId = await makeAccount({ email, password }, path);
  if (userId === null) return { confirm: email };
  await forgetForeignWorkspace(userId);
  redirect(path);
});
