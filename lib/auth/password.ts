import { countAttempt } from '#lib/auth/attempts.ts';
import { pageCookies } from '#lib/auth/page-cookies.ts';
import { type Proof, redeem } from '#lib/auth/proof.ts';
import { authRefusal } from '#lib/auth/refusals.ts';
import { startSession } from '#lib/auth/sign-in.ts';
import { authClient } from '#lib/auth/supabase.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';

/**
 * Has the Auth server mail a link to set a new password, where the address has an account: the answer is the same
 * where it has none. Throws `too_many_requests`.
 */
export async function requestPasswordReset(email: string): Promise<void> {
  await countAttempt('reset', email);
  const redirectTo = new URL('/password/new', env().APP_URL).href;
  const { error } = await authClient(await pageCookies()).resetPasswordForEmail(email, { redirectTo });
  if (!error) return;
  const refusal = authRefusal(error, { code: 'invalid', message: 'No mail is sent to this address.' });
  if (refusal.code === 'unavailable') throw refusal;
  // Every other refusal, such as of a second mail within a minute, tells that there is an account.
  log().warn({ error }, 'a password reset was not mailed');
}

/**
 * Sets a new password by the link of such a mail, signs the person in here and out everywhere else. A password
 * that the Auth server does not take uses the link up. Throws `link_expired`, `invalid`.
 */
export async function resetPassword(proof: Proof, password: string): Promise<void> {
  await redeem(proof, 'recovery');
  await setPassword(password);
}

/** Changes the signed-in person's password, and signs them out everywhere else. Throws `invalid`. */
export async function changePassword(
  email: string,
  change: { old: string; password: string },
): Promise<void> {
  await proveOldPassword(email, change.old);
  await setPassword(change.password);
}

async function proveOldPassword(email: string, password: string): Promise<void> {
  try {
    await startSession({ email, password });
  } catch (error) {
    if (!isEntrepotError(error) || error.code !== 'unauthenticated') throw error;
    const message = 'This is not your present password.';
    throw new EntrepotError('invalid', message, { fields: { old: message }, cause: error });
  }
}

async function setPassword(password: string): Promise<void> {
  const auth = authClient(await pageCookies());
  const { error } = await auth.updateUser({ password });
  if (error) throw authRefusal(error, { code: 'invalid', message: 'This password is not taken.' });
  await auth.signOut({ scope: 'others' });
}
