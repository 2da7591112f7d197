import { env } from '#lib/env.ts';

const KEY_BYTES = 32;

export interface Key {
  readonly id: string;
  readonly secret: Buffer;
}

/** Keys in order of use: the first encrypts and signs, every one decrypts and verifies. */
export type Keyring = readonly [Key, ...Key[]];

let known: { readonly text: string; readonly keyring: Keyring } | undefined;

/** The keys of ENCRYPTION_KEYS. */
export function keyring(): Keyring {
  const text = env().ENCRYPTION_KEYS;
  if (known?.text !== text) known = { text, keyring: parseKeyring(text) };
  return known.keyring;
}

/** Parses `id:base64,…`. Throws with the place of a malformed key, and never with the key. */
export function parseKeyring(text: string): Keyring {
  const [first, ...rest] = text.split(',').map(parseKey);
  if (!first) throw new Error('ENCRYPTION_KEYS is empty.');
  const all: Keyring = [first, ...rest];
  if (new Set(all.map(({ id }) => id)).size < all.length) throw new Error('ENCRYPTION_KEYS repeats an id.');
  return all;
}

function parseKey(text: string, index: number): Key {
  const [, id, base64] = /^\s*([\w.-]+):([A-Za-z0-9+/_=-]+)\s*$/.exec(text) ?? [];
  const secret = Buffer.from(base64 ?? '', 'base64');
  if (id && secret.length === KEY_BYTES) return { id, secret };
  throw new Error(`ENCRYPTION_KEYS: key ${index + 1} must be id:base64 of ${KEY_BYTES} bytes.`);
}
