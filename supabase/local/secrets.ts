import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateApiKey } from '@supabase/lite';

/** What the local stack makes up for itself once and then keeps. */
export interface LocalSecrets {
  readonly databasePassword: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly jwtSecret: string;
  readonly queueToken: string;
  readonly currentSigningKey: string;
  readonly nextSigningKey: string;
  readonly encryptionKeys: string;
  readonly cronSecret: string;
  readonly demoPassword: string;
  /** The demo workspace's key, once it has been made. */
  readonly demoApiKey?: string;
}

/** The folder's secrets, made on first use and readable by their owner alone. */
export async function loadSecrets(folder: string): Promise<LocalSecrets> {
  if (existsSync(file(folder))) return JSON.parse(readFileSync(file(folder), 'utf8'));
  return saveSecrets(folder, await makeSecrets());
}

export function saveSecrets(folder: string, secrets: LocalSecrets): LocalSecrets {
  writeFileSync(file(folder), `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

async function makeSecrets(): Promise<LocalSecrets> {
  const random = () => randomBytes(32).toString('base64url');
  return {
    databasePassword: random(),
    publishableKey: (await generateApiKey('publishable')).key,
    secretKey: (await generateApiKey('secret')).key,
    jwtSecret: random(),
    queueToken: random(),
    currentSigningKey: `sig_${random()}`,
    nextSigningKey: `sig_${random()}`,
    encryptionKeys: `local:${randomBytes(32).toString('base64')}`,
    cronSecret: random(),
    demoPassword: randomUUID().slice(0, 13),
  };
}

function file(folder: string): string {
  return join(folder, 'secrets.json');
}
