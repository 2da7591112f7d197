'use server';

import { revalidatePath } from 'next/cache';
import { action } from '#lib/api/action.ts';
import { idParams } from '#lib/api/params.ts';
import { createApiKey, newApiKey, revokeApiKey } from '#lib/auth/api-keys.ts';

export const createKey = action(newApiKey, async (session, input) => {
  const made = await createApiKey(session, input);
  revalidatePath('/settings/api-keys');
  return made;
});

export const revokeKey = action(idParams, async (session, { id }) => {
  await revokeApiKey(session, id);
  revalidatePath('/settings/api-keys');
});
