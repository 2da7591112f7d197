import { countAttempt, forgetAttempts } from '#lib/auth/attempts.ts';
import { pageCookies } from '#lib/auth/page-cookies.ts';
import { authRefusal } from '#lib/auth/refusals.ts';
import { authClient } from '#lib/auth/supabase.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/**
 * Signs a person in and answers their id; the session is in the cookies that the form's answer carries. Throws `unauthenticated` for
 * an unknown address and a wrong password alike, `too_many_requests` after too many of either, `unavailable`
 * where the Auth server does not answer.
 */
export async function startSession({ email, password }: Credentials): Promise<string> {
  await countAttempt('sign-in', email);
  const { data, error } = await authClient(await pageCookies()).signInWithPassword({ email, password });
  if (error) {
    throw authRefusal(error, {
      code: 'unauthenticated',
      message: 'The e-mail address or the password is wrong.',
    });
  }
  await forgetAttempts('sign-in', email);
  return data.user.id;
}

/** Ends the session of this browser. Without one nothing happens. */
export async function endSession(): Promise<void> {
  await authClient(await pageCookies()).signOut({ scope: 'local' });
}
