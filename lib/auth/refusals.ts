import type { AuthError } from '@supabase/supabase-js';
import { EntrepotError, type ErrorCode } from '#lib/core/errors.ts';

interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** The input that the sentence belongs to. */
  readonly field?: 'email' | 'password';
}

const EMAIL_TAKEN: Refusal = {
  code: 'conflict',
  message: 'This address has an account already. Sign in, or set a new password.',
  field: 'email',
};

/** What the Auth server refuses, in words: by https://supabase.com/docs/guides/auth/debugging/error-codes. */
const refusals: Readonly<Record<string, Refusal>> = {
  email_not_confirmed: {
    code: 'unauthenticated',
    message:
      'Confirm your e-mail address first: the link is in your mailbox. Sign up again to get a new one.',
  },
  user_already_exists: EMAIL_TAKEN,
  email_exists: EMAIL_TAKEN,
  email_address_invalid: { code: 'invalid', message: 'No mail reaches this address.', field: 'email' },
  email_address_not_authorized: {
    code: 'forbidden',
    message: 'The Auth server may not send mails to this address. Its SMTP settings are to be completed.',
  },
  signup_disabled: { code: 'forbidden', message: 'Nobody can sign up here. Ask an owner for an invitation.' },
  same_password: {
    code: 'invalid',
    message: 'This is the password that you have already. Choose another.',
    field: 'password',
  },
  otp_expired: {
    code: 'link_expired',
    message: 'This link was used already, or it is too old. Ask for a new one.',
  },
};

const LATER: Refusal = {
  code: 'unavailable',
  message: 'Sign-in does not answer right now. Try again in a moment.',
};
const TOO_MANY: Refusal = {
  code: 'too_many_requests',
  message: 'Too many tries. Wait a few minutes, then try again.',
};

/** An error of the Auth server as its person may see it; one that says nothing to them becomes `otherwise`. */
export function authRefusal(error: AuthError, otherwise: Refusal): EntrepotError {
  const { code, message, field } = meaning(error) ?? otherwise;
  return new EntrepotError(code, message, { cause: error, ...(field && { fields: { [field]: message } }) });
}

function meaning(error: AuthError): Refusal | undefined {
  const status = error.status ?? 0;
  if (status === 0 || status >= 500) return LATER;
  if (status === 429) return TOO_MANY;
  return error.code === 'weak_password' ? weakPassword(error) : refusals[error.code ?? ''];
}

/** Its reasons are words of its own: length, characters, pwned. */
function weakPassword(error: AuthError & { readonly reasons?: readonly string[] }): Refusal {
  const known = error.reasons?.includes('pwned') ? 'It is in a list of stolen passwords.' : 'Make it longer.';
  return {
    code: 'invalid',
    message: `This password is too easy to guess. ${known} Mix letters, digits and signs.`,
    field: 'password',
  };
}
