'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction } from '#lib/api/action.ts';
import { rememberWorkspace } from '#lib/auth/remember-workspace.ts';

/** Goes on in another workspace of the person's. */
export const chooseWorkspace = openAction(z.strictObject({ id: z.guid() }), async ({ id }) => {
  await rememberWorkspace(id);
  redirect('/home');
});
