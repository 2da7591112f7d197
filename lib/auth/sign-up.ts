import { countAttempt } from '#lib/auth/attempts.ts';
import { pageCookies } from '#lib/auth/page-cookies.ts';
import { authRefusal } from '#lib/auth/refusals.ts';
import type { Credentials } from '#lib/auth/sign-in.ts';
import { authClient } from '#lib/auth/supabase.ts';
import { env } from '#lib/env.ts';

/**
 * Makes an account, and a workspace of the person's own. Answers their id where they are signed in at once; null
 * where the Auth server has mailed them a link to confirm the address first, which leads on to `next`, a path
 * of ours. Throws `conflict` where the address has an account and needs no confirmation.
 */
export async function signUp({ email, password }: Credentials, next: string): Promise<string | null> {
  await countAttempt('sign-up', email);
  const { data, error } = await authClient(await pageCookies()).signUp({
    email,
    password,
    options: { emailRedirectTo: confirmAddress(next) },
  });
  if (error) throw authRefusal(error, { code: 'invalid', message: 'The account could not be made.' });
  return data.session ? data.session.user.id : null;
}

function confirmAddress(next: string): string {
  const url = new URL('/auth/confirm', env().APP_URL);
  url.searchParams.set('next', next);
  return url.href;
}
