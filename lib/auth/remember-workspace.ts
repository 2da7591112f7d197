import { cookies } from 'next/headers';
import { membershipsOf, WORKSPACE_CHOICE } from '#lib/auth/workspace.ts';
import { env } from '#lib/env.ts';

const ONE_YEAR_SECONDS = 365 * 24 * 3_600;

/** Keeps the choice of a workspace in this browser. Whether the person belongs to it is seen when it is used. */
export async function rememberWorkspace(id: string): Promise<void> {
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
