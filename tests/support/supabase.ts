import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateApiKey } from '@supabase/lite';
import { type SupabaseLiteOptions, startSupabaseLite } from '#supabase/local/supabase-lite.ts';
import type { TestDatabase } from '#tests/support/database.ts';

export interface TestSupabase {
  /** What `useEnvironment` takes, so that the application uses this Auth and Storage. */
  readonly environment: {
    readonly SUPABASE_URL: string;
    readonly SUPABASE_PUBLISHABLE_KEY: string;
    readonly SUPABASE_SECRET_KEY: string;
  };
  /** To be called before the database is dropped. */
  close(): Promise<void>;
}

/** Auth, Storage (with the bucket `entrepot`) and Data API over a database. */
export async function startTestSupabase(
  { adminUrl }: Pick<TestDatabase, 'adminUrl'>,
  mail?: SupabaseLiteOptions['mail'],
): Promise<TestSupabase> {
  const objectsFolder = await mkdtemp(join(tmpdir(), 'entrepot-objects-'));
  const publishableKey = (await generateApiKey('publishable')).key;
  const secretKey = (await generateApiKey('secret')).key;
  const jwtSecret = randomBytes(32).toString('hex');
  const lite = await startSupabaseLite({
    databaseUrl: adminUrl,
    port: 0,
    objectsFolder,
    publishableKey,
    secretKey,
    jwtSecret,
    ...(mail && { mail }),
  });
  return {
    environment: {
      SUPABASE_URL: lite.url,
      SUPABASE_PUBLISHABLE_KEY: publishableKey,
      SUPABASE_SECRET_KEY: secretKey,
    },
    async close() {
      await lite.close();
      await rm(objectsFolder, { recursive: true });
    },
  };
}
