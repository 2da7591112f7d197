import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Keyring, keyring } from './keyring.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Whose a secret is and where it may be sent: what was encrypted for one binding decrypts for no other. */
export interface Binding {
  readonly workspaceId: string;
  readonly sourceId: string;
  /** The origin of the source's address; empty where it has none. */
  readonly origin: string;
}

export interface Encrypted {
  readonly keyId: string;
  /** Nonce, tag and text, one after the other. */
  readonly ciphertext: Buffer;
}

/**
 * Encrypts under the first key, bound to a context without which it cannot be decrypted. The same text gives
 * another ciphertext each time.
 */
export function seal(plaintext: string, context: readonly string[], [key]: Keyring = keyring()): Encrypted {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(context)));
  const text = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return { keyId: key.id, ciphertext: Buffer.concat([nonce, cipher.getAuthTag(), text]) };
}

/** The text that was sealed in this context; undefined where its key is gone, it was changed or it is another's. */
export function unseal(
  { keyId, ciphertext }: Encrypted,
  context: readonly string[],
  keys: Keyring = keyring(),
): string | undefined {
  const key = keys.find(({ id }) => id === keyId);
  if (!key || ciphertext.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = ciphertext.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key.secret, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify(context)));
  decipher.setAuthTag(ciphertext.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const text = decipher.update(ciphertext.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Seals the credentials of a source. */
export function encrypt(plaintext: string, binding: Binding, keys: Keyring = keyring()): Encrypted {
  return seal(plaintext, contextOf(binding), keys);
}

/**
 * The credentials that were sealed for this very source and origin. Throws `AUTH_FAILED` where they cannot be read,
 * without saying why.
 */
export function decrypt(encrypted: Encrypted, binding: Binding, keys: Keyring = keyring()): string {
  const text = unseal(encrypted, contextOf(binding), keys);
  if (text === undefined) throw unreadable();
  return text;
}

function contextOf({ workspaceId, sourceId, origin }: Binding): readonly string[] {
  return ['source credentials', workspaceId, sourceId, origin];
}

function unreadable(): EntrepotError {
  return new EntrepotError(
    'AUTH_FAILED',
    'The stored credentials can no longer be read, or are for another address. Enter them again.',
  );
}
