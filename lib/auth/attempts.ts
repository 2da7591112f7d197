import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { headers } from 'next/headers';
import { EntrepotError } from '#lib/core/errors.ts';
import { asService } from '#lib/db/as-service.ts';

type Kind = 'sign-in' | 'sign-up' | 'reset';

/** Enough for whoever mistypes, and far too few to guess a password. */
const PER_EMAIL = [{ limit: 10, seconds: 900 }];
/** An office shares one address. */
const PER_ADDRESS = [{ limit: 100, seconds: 900 }];
const MINUTE_MS = 60_000;

/**
 * Counts a try for an e-mail address and for the network address of the request at hand. Throws
 * `too_many_requests` where either has had too many of late, and does not say which.
 */
export async function countAttempt(kind: Kind, email: string): Promise<void> {
  const address = await networkAddress();
  if (address !== undefined) await take(keyOf(kind, 'address', address), PER_ADDRESS);
  await take(keyOf(kind, 'email', email), PER_EMAIL);
}

/** Forgets the tries for an e-mail address whose owner has come in. */
export async function forgetAttempts(kind: Kind, email: string): Promise<void> {
  await asService(({ db }) =>
    db
      .deleteFrom('private.rate_limit_windows')
      .where('limit_key', '=', keyOf(kind, 'email', email))
      .execute(),
  );
}

async function take(key: string, windows: readonly { limit: number; seconds: number }[]): Promise<void> {
  const answer = await asService(({ db }) =>
    sql<{ wait: number }>`
      select private.increment_rate_limit(${key}, ${JSON.stringify(windows)}) as wait
    `.execute(db),
  );
  const waitMs = answer.rows[0]?.wait ?? 0;
  if (waitMs === 0) return;
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  throw new EntrepotError(
    'too_many_requests',
    `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
    { retryAfterMs: waitMs },
  );
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
