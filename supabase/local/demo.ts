import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import pg from 'pg';
import { createApiKey, hashApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import type { DatabaseAddresses } from './addresses.ts';
import type { ApplicationEnvironment } from './environment.ts';
import type { LocalSecrets } from './secrets.ts';

const email = 'demo@entrepot.example';

/** What a script needs to use the local stack. */
export interface Demo {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
  /** Of the database, as its owner: to make views there, for instance. */
  readonly databaseUrl: string;
  readonly sandboxes: Readonly<Record<string, string>>;
}

/**
 * The demo user with a workspace and a key to it, made where they are missing. Needs the application's
 * environment in this process.
 */
export async function seedDemo(
  environment: ApplicationEnvironment,
  { admin: adminUrl, owner: databaseUrl }: DatabaseAddresses,
  secrets: LocalSecrets,
): Promise<Demo> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    const userId = await demoUser(environment.SUPABASE_URL, secrets);
    const apiKey = (await liveKey(admin, secrets)) ?? (await makeKey(admin, userId));
    const { APP_URL: url } = environment;
    return { url, email, password: secrets.demoPassword, apiKey, databaseUrl, sandboxes: {} };
  } finally {
    await admin.end();
    await closePools();
  }
}

/** Tells scripts where the stack is; there only while it answers. */
export function publishDemo(folder: string, demo: Demo): void {
  writeFileSync(join(folder, 'demo.json'), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}

export function withdrawDemo(folder: string): void {
  rmSync(join(folder, 'demo.json'), { force: true });
}

async function demoUser(supabaseUrl: string, secrets: LocalSecrets): Promise<string> {
  const { auth } = createClient(supabaseUrl, secrets.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const credentials = { email, password: secrets.demoPassword };
  const signedIn = await auth.signInWithPassword(credentials);
  if (signedIn.data.user) return signedIn.data.user.id;
  const signedUp = await auth.signUp(credentials);
  if (signedUp.data.user) return signedUp.data.user.id;
  throw new Error('the demo user could not be made', { cause: signedUp.error });
}

/** The key of an earlier start, as long as the database still takes it. */
async function liveKey(admin: pg.Client, { demoApiKey }: LocalSecrets): Promise<string | undefined> {
  if (demoApiKey === undefined) return undefined;
  const found = await admin.query('select from public.api_keys where hash = $1 and revoked_at is null', [
    hashApiKey(demoApiKey),
  ]);
  return found.rowCount ? demoApiKey : undefined;
}

async function makeKey(admin: pg.Client, userId: string): Promise<string> {
  const memberships = await admin.query<{ workspace_id: string }>(
    "select workspace_id from public.workspace_members where user_id = $1 and role = 'owner' order by created_at limit 1",
    [userId],
  );
  const workspaceId = memberships.rows[0]?.workspace_id;
  if (workspaceId === undefined) throw new Error('the demo user has no workspace');
  const session = { workspaceId, actor: { kind: 'user', id: userId }, userId, role: 'owner' } as const;
  return (await createApiKey(session, { name: 'Demo', scope: 'admin' })).key;
}
