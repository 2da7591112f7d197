import { cookies } from 'next/headers';
import { membershipsOf, ownWorkspace, WORKSPACE_CHOICE } from '#lib/auth/workspace.ts';
import { env } from '#lib/env.ts';

const ONE_YEAR_SECONDS = 365 * 24 * 3_600;

/**
 * Keeps the choice of one of the person's workspaces in this browser; throws `not_found` for any other. Whether
 * they belong to it still is seen each time that it is used.
 */
export async function rememberWorkspace(userId: string, id: string): Promise<void> {
  await ownWorkspace(userId, id);
  (await cookies()).set(WORKSPACE_CHOICE, id, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().APP_URL.startsWith('https:'),
    maxAge: ONE_YEAR_SECONDS,
    path: '/',
  });
}

/** Forgets the choice of whoever used this browser before, where it is no workspace of this person's. */
export async function forgetForeignWorkspace(userId: string): Promise<void> {
  const store = await cookies();
  const chosen = store.get(WORKSPACE_CHOICE)?.value;
  if (chosen === undefined) return;
  const own = await membershipsOf(userId);
  if (!own.some(({ id }) => id === chosen)) store.delete(WORKSPACE_CHOICE);
}
