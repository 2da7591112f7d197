import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, isPortFree } from '#supabase/local/ports.ts';
import { postgresUser } from '#supabase/local/postgres-user.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { programEnvironment, requireProgram } from '#tests/support/debian.ts';

/** A pooler before one database, whose addresses stand in for the database's own. */
export interface Pooler extends Pick<TestDatabase, 'url' | 'serviceUrl'> {
  close(): Promise<void>;
}

/** Starts Debian's pgbouncer in transaction mode with three connections a login. */
export async function startPgbouncer(database: TestDatabase): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-pgbouncer-'));
  const port = await freePort();
  const through = (url: string) => Object.assign(new URL(url), { port: String(port) }).href;
  writeConfiguration(folder, port, database);
  const child = spawn(requireProgram('pgbouncer'), ['--quiet', join(folder, 'pgbouncer.ini')], {
    ...postgresUser(),
    stdio: 'ignore',
    env: programEnvironment(),
  });
  const ended = once(child, 'exit');
  while (await isPortFree(port)) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    url: through(database.url),
    serviceUrl: through(database.serviceUrl),
    async close() {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function writeConfiguration(folder: string, port: number, database: TestDatabase): void {
  const { hostname, port: serverPort, pathname } = new URL(database.url);
  const logins = [database.url, database.serviceUrl].map((url) => new URL(url));
  const users = logins.map(({ username, password }) => `"${username}" "${password}"\n`);
  const settings = [
    '[databases]',
    `${pathname.slice(1)} = host=${hostname} port=${serverPort}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'pool_mode = transaction',
    'default_pool_size = 3',
    'max_client_conn = 200',
    'auth_type = scram-sha-256',
    `auth_file = ${join(folder, 'users.txt')}`,
  ];
  writeFileSync(join(folder, 'users.txt'), users.join(''));
  writeFileSync(join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`);
  const { uid, gid } = postgresUser();
  if (uid === undefined || gid === undefined) return;
  for (const path of [folder, join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')])
    chownSync(path, uid, gid);
}
