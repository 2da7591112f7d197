import { pageCookies } from '#lib/auth/page-cookies.ts';
import { authClient } from '#lib/auth/supabase.ts';
import { EntrepotError } from '#lib/core/errors.ts';

/**
 * Signs a person in; the session is in the cookies that the form's answer carries. Throws `unauthenticated` for
 * an unknown address and a wrong password alike, `unavailable` where the Auth server does not answer.
 */
export async function startSession(credentials: { email: string; password: string }): Promise<void> {
  const { error } = await authClient(await pageCookies()).signInWithPassword(credentials);
  if (!error) return;
  const status = error.status ?? 0;
  if (status === 0 || status >= 500) {
    throw new EntrepotError('unavailable', 'Sign-in does not answer right now. Try again in a moment.', {
      cause: error,
    });
  }
  if (status === 429) {
    throw new EntrepotError('too_many_requests', 'Too many tries. Wait a minute, then try again.');
  }
  throw new EntrepotError('unauthenticated', 'The e-mail address or the password is wrong.', {
    cause: error,
  });
}

/** Ends the session of this browser. Without one nothing happens. */
export async function endSession(): Promise<void> {
  await authClient(await pageCookies()).signOut({ scope: 'local' });
}
