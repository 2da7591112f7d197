'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction } from '#lib/api/action.ts';
import { nextPath } from '#lib/auth/next-path.ts';
import { proofSchema, redeem } from '#lib/auth/proof.ts';

const confirmInput = z.strictObject({
  proof: proofSchema,
  next: z.string().optional(),
});

export const confirmAddress = openAction(confirmInput, async ({ proof, next }) => {
  await redeem(proof, 'email');
  redirect(nextPath(next));
});
