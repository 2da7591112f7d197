'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction } from '#lib/api/action.ts';
import { endSession, startSession } from '#lib/auth/sign-in.ts';

const signInInput = z.strictObject({
  email: z.email('must be an e-mail address'),
  password: z.string().min(1, 'must not be empty'),
  /** A path of ours to go on to. */
  next: z.string().optional(),
});

const OUR_PATH = /^\/(?![/\\])/;

export const signIn = openAction(signInInput, async ({ email, password, next }) => {
  await startSession({ email, password });
  redirect((next && OUR_PATH.test(next) ? next : '/home') as Route);
});

export async function signOut(): Promise<void> {
  await endSession();
  redirect('/sign-in');
}
