import { hkdfSync } from 'node:crypto';
import { keyring } from './keyring.ts';

/**
 * A workspace's own key for hashing personal data, so that nobody who lacks it can find a value by hashing guesses.
 * Another salt gives another key, and so does another first key of ENCRYPTION_KEYS.
 */
export function pseudonymKey(workspaceId: string, salt: string): Buffer {
  const [{ secret }] = keyring();
  return Buffer.from(hkdfSync('sha256', secret, salt, `entrepot pseudonyms ${workspaceId}`, 32));
}
