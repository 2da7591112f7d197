'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction } from '#lib/api/action.ts';
import { newPassword } from '#lib/auth/new-password.ts';
import { resetPassword } from '#lib/auth/password.ts';
import { proofSchema } from '#lib/auth/proof.ts';

const resetInput = z.strictObject({
  proof: proofSchema,
  password: newPassword,
});

export const setNewPassword = openAction(resetInput, async ({ proof, password }) => {
  await resetPassword(proof, password);
  redirect('/home');
});
