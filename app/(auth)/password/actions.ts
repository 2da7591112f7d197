'use server';

import { z } from 'zod';
import { openAction } from '#lib/api/action.ts';
import { requestPasswordReset } from '#lib/auth/password.ts';

const askInput = z.strictObject({ email: z.email('must be an e-mail address') });

export const askForReset = openAction(askInput, async ({ email }) => {
  await requestPasswordReset(email);
  return { email };
});
