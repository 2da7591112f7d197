import { hkdfSync, randomBytes } from 'node:crypto';
import { EntrepotError } from '#lib/core/errors.ts';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type Encrypted, seal, unseal } from './cipher.ts';
import { type Keyring, keyring } from './keyring.ts';

const SECRET_BYTES = 32;

/**
 * The secret under which a workspace's personal data are hashed: made when it is first asked for, and the same from
 * then on, whichever of ENCRYPTION_KEYS is the first. Throws `invalid` where the one that sealed it is gone.
 */
export async function pseudonymSecret(workspaceId: string, keys: Keyring = keyring()): Promise<Buffer> {
  const context = ['pseudonyms', workspaceId];
  const { keyId, ciphertext } = await asService(async (tx) => {
    const stored = await find(tx, workspaceId);
    if (stored) return stored;
    const made = seal(randomBytes(SECRET_BYTES).toString('base64'), context, keys);
    await tx.db
      .insertInto('private.pseudonym_secrets')
      .values({ workspace_id: workspaceId, key_id: made.keyId, ciphertext: made.ciphertext })
      .onConflict((other) => other.doNothing())
      .execute();
    // Of several that make one at once, the first is everybody's.
    return (await find(tx, workspaceId)) ?? made;
  });
  const secret = unseal({ keyId, ciphertext }, context, keys);
  if (secret === undefined) throw unreadable(keyId);
  return Buffer.from(secret, 'base64');
}

/** A key for hashing, so that nobody who lacks it finds a value by hashing guesses; another salt gives another. */
export function pseudonymKey(secret: Buffer, salt: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'entrepot pseudonyms', SECRET_BYTES));
}

function find({ db }: Tx, workspaceId: string): Promise<Encrypted | undefined> {
  return db
    .selectFrom('private.pseudonym_secrets')
    .select(['key_id as keyId', 'ciphertext'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

function unreadable(keyId: string): EntrepotError {
  return new EntrepotError(
    'invalid',
    `What this workspace’s hashes are made with can no longer be read: the key "${keyId}" has to be among ENCRYPTION_KEYS, or no hash would be the same as before.`,
  );
}
