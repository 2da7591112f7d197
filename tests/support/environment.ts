import { randomBytes } from 'node:crypto';
import type { Env } from '#lib/env.ts';
import type { TestDatabase } from '#tests/support/database.ts';

type Overrides = { readonly [Name in keyof Env]?: string };

/**
 * Sets the variables that `lib/env.ts` reads: those of `database`, harmless values for the rest, then
 * `overrides`. To be called before the code under test first asks for its environment, which it then keeps.
 */
export function useEnvironment(
  database: Pick<TestDatabase, 'url' | 'serviceUrl'>,
  overrides: Overrides = {},
): void {
  Object.assign(process.env, {
    LOG_LEVEL: 'silent',
    APP_URL: 'http://127.0.0.1:9',
    DATABASE_URL: database.url,
    DATABASE_SERVICE_URL: database.serviceUrl,
    SUPABASE_URL: 'http://127.0.0.1:9',
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_test',
    SUPABASE_SECRET_KEY: 'sb_secret_test',
    QSTASH_URL: 'http://127.0.0.1:9',
    QSTASH_TOKEN: 'qstash-token-of-the-tests',
    QSTASH_CURRENT_SIGNING_KEY: 'sig_current_of_the_tests',
    QSTASH_NEXT_SIGNING_KEY: 'sig_next_of_the_tests',
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    CRON_SECRET: 'cron-secret-of-the-tests',
    ALLOW_LOOPBACK_TARGETS: '1',
    ...overrides,
  });
}
