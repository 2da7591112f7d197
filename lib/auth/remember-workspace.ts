import { cookies } from 'next/headers';
import { WORKSPACE_CHOICE } from '#lib/auth/workspace.ts';
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
