import { createHash } from 'node:crypto';
import { headers } from 'next/headers';
import { EntrepotError } from '#lib/core/errors.ts';
import { limiter } from '#lib/http/limiter/limiter.ts';

type Kind = 'sign-in' | 'sign-up' | 'reset';

/** Enough for whoever mistypes, and far too few to guess a password. */
const PER_EMAIL = [{ calls: 10, seconds: 900 }];
/** An office shares one address. */
const PER_ADDRESS = [{ calls: 100, seconds: 900 }];
const MINUTE_MS = 60_000;

/**
 * Counts a try for an e-mail address and for the network address of the request at hand. Throws
 * `too_many_requests` where either has had too many of late, and does not say which.
 */
export async function countAttempt(kind: Kind, email: string): Promise<void> {
  const address = await networkAddress();
  const waitMs = await limiter().take([
    { key: keyOf(kind, 'email', email), windows: PER_EMAIL },
    ...(address === undefined ? [] : [{ key: keyOf(kind, 'address', address), windows: PER_ADDRESS }]),
  ]);
  if (waitMs === 0) return;
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  throw new EntrepotError(
    'too_many_requests',
    `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
    { retryAfterMs: waitMs },
  );
}

/** Forgets the tries for an e-mail address whose owner has come in. */
export async function forgetAttempts(kind: Kind, email: string): Promise<void> {
  await limiter().forget(keyOf(kind, 'email', email));
}

/** Its digest, so that the log of tries names nobody. */
function keyOf(kind: Kind, of: 'email' | 'address', value: string): string {
  return `auth:${kind}:${of}:${createHash('sha256').update(value.toLowerCase()).digest('base64url')}`;
}

/** As the nearest proxy saw it: what stands before that in the header, the sender may have written. */
async function networkAddress(): Promise<string | undefined> {
  const forwarded = (await headers()).get('x-forwarded-for');
  return forwarded?.split(',').at(-1)?.trim() || undefined;
}
