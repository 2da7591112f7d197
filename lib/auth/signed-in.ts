import type { CookieJar } from '#lib/auth/cookies.ts';
import { authClient } from '#lib/auth/supabase.ts';
import { EntrepotError } from '#lib/core/errors.ts';

/** The person whom the session in the cookies belongs to. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
}

/**
 * Who is signed in, as the Auth server or its published key confirms: a cookie alone proves nothing. A session
 * that was about to end is renewed in `cookies`. Null where nobody is; throws `unavailable` where it cannot be
 * known.
 */
export async function signedIn(cookies: CookieJar): Promise<SignedIn | null> {
  const { data, error } = await authClient(cookies).getClaims();
  if (error && (error.status === undefined || error.status === 0 || error.status >= 500)) {
    throw new EntrepotError('unavailable', 'Sign-in cannot be checked right now. Try again in a moment.', {
      cause: error,
    });
  }
  return data && { userId: data.claims.sub, email: data.claims.email ?? '' };
}
