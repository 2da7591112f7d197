'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { personAction } from '#lib/api/action.ts';
import { rememberWorkspace } from '#lib/auth/remember-workspace.ts';
import { createWorkspace as makeWorkspace } from '#lib/workspaces/workspaces.ts';

/** Goes on in another workspace of the person's. */
export const chooseWorkspace = personAction(z.strictObject({ id: z.guid() }), async ({ userId }, { id }) => {
  await rememberWorkspace(userId, id);
  redirect('/home');
});

const createInput = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters'),
});

/** Makes a workspace and goes on in it. */
export const createWorkspace = personAction(createInput, async (person, { name }) => {
  await rememberWorkspace(person.userId, await makeWorkspace(person, name));
  redirect('/home');
});
