'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { personAction } from '#lib/api/action.ts';
import { newPassword } from '#lib/auth/new-password.ts';
import { changePassword } from '#lib/auth/password.ts';
import { saveProfile } from '#lib/workspaces/profile.ts';

/** What was left empty is not set. */
function orNone(text: string): string | null {
  return text || null;
}

const profileInput = z.strictObject({
  displayName: z.string().trim().max(200, 'must have at most 200 characters').transform(orNone),
  timeZone: z.string().transform(orNone),
  alertMails: z.boolean(),
});

export const updateProfile = personAction(profileInput, async (person, profile) => {
  await saveProfile(person, profile);
  revalidatePath('/', 'layout');
  return { saved: true };
});

const passwordInput = z.strictObject({
  old: z.string().min(1, 'must not be empty'),
  password: newPassword,
});

export const updatePassword = personAction(passwordInput, async ({ email }, change) => {
  await changePassword(email, change);
  return { saved: true };
});
