import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { freePort } from '#supabase/local/ports.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { type Qstash, startQstash } from '#tests/support/qstash/server.ts';
import { startTestSupabase } from '#tests/support/supabase.ts';

export interface TestApplication {
  readonly url: string;
  readonly qstash: Qstash;
  /** As a superuser: to arrange and to look. */
  readonly admin: pg.Client;
  /** Ends everything, and answers every line that the application logged. */
  close(): Promise<string>;
}

const keys = {
  token: 'qstash-token-of-the-tests',
  currentSigningKey: 'sig_current_of_the_tests',
  nextSigningKey: 'sig_next_of_the_tests',
};

/**
 * The API in a process of its own, over a database, an Auth, a Storage and a queue that nobody else uses. This
 * process gets the same environment.
 */
export async function startApplication(): Promise<TestApplication> {
  const database = await createTestDatabase();
  const supabase = await startTestSupabase(database);
  const qstash = await startQstash(keys);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  setEnvironment(database, {
    ...supabase.environment,
    LOG_LEVEL: 'trace',
    APP_URL: url,
    QSTASH_URL: qstash.url,
    QSTASH_TOKEN: keys.token,
    QSTASH_CURRENT_SIGNING_KEY: keys.currentSigningKey,
    QSTASH_NEXT_SIGNING_KEY: keys.nextSigningKey,
  });
  const child = fork(join(import.meta.dirname, 'serve-routes.ts'), [String(port)], { silent: true });
  const output = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ''));
  await Promise.race([once(child, 'message'), once(child, 'exit').then(async () => refuse(output))]);
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  return {
    url,
    qstash,
    admin,
    async close() {
      await qstash.close();
      child.kill('SIGKILL');
      const lines = await Promise.all(output);
      await admin.end();
      await supabase.close();
      await database.drop();
      return lines.join('');
    },
  };
}

async function refuse(output: readonly (string | Promise<string>)[]): Promise<never> {
  throw new Error(`the application did not start: ${(await Promise.all(output)).join('')}`);
}
