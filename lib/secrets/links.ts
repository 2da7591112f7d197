import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type Key, type Keyring, keyring } from './keyring.ts';

/** What a link gives, so that a token for one thing opens nothing else. */
export interface Link {
  readonly purpose: string;
  readonly id: string;
}

/** A token for the query of a link, good until `expiresAt`, to the second. It states its expiry openly. */
export function signLink(link: Link, expiresAt: Date, [key]: Keyring = keyring()): string {
  const expires = Math.floor(expiresAt.getTime() / 1_000);
  return `${expires}.${signature(link, expires, key).toString('base64url')}`;
}

/** Whether this token was given for this link by any of our keys, and is still good. Takes constant time a key. */
export function verifyLink(
  token: string,
  link: Link,
  now: Date,
  keys: Keyring = keyring(),
): 'ok' | 'expired' | 'forged' {
  const [, expires, given] = /^(\d{1,12})\.([\w-]{43})$/.exec(token) ?? [];
  if (!expires || !given) return 'forged';
  const bytes = Buffer.from(given, 'base64url');
  const matches = keys.filter((key) => timingSafeEqual(signature(link, Number(expires), key), bytes));
  if (matches.length === 0) return 'forged';
  return now.getTime() < Number(expires) * 1_000 ? 'ok' : 'expired';
}

function signature({ purpose, id }: Link, expires: number, key: Key): Buffer {
  const signingKey = hkdfSync('sha256', key.secret, '', 'entrepot links', 32);
  return createHmac('sha256', Buffer.from(signingKey))
    .update(JSON.stringify([purpose, id, expires]))
    .digest();
}
