import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { choosePorts, freePort } from '#supabase/local/ports.ts';
import { startPostgres } from '#supabase/local/postgres.ts';
import { assertReachable } from '#supabase/local/postgres-user.ts';

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-problems-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await chmod(folder, 0o755);
  return folder;
}

describe('a start that cannot succeed says in one sentence', () => {
  it('which port is taken and how to choose another', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void server.close());
    await expect(choosePorts(String(port))).rejects.toThrow(
      `Port ${port} is taken by another program: stop that one, or choose another port: PORT=${port + 1} npm start`,
    );
  });

  it('that a port is no number', async () => {
    await expect(choosePorts('http')).rejects.toThrow(
      'PORT must be a whole number from 1 to 65535, not "http".',
    );
  });

  it('that the data are of another Postgres', async () => {
    const folder = join(await openFolder(), 'postgres');
    await mkdir(folder, { mode: 0o755 });
    await writeFile(join(folder, 'PG_VERSION'), '16\n');
    const start = startPostgres({ folder, port: await freePort(), password: 'local' });
    await expect(start).rejects.toThrow('holds the data of Postgres 16, and this is Postgres 17');
  });

  it('which folder keeps the user out who runs Postgres', async () => {
    const closed = join(await openFolder(), 'closed');
    await mkdir(join(closed, 'postgres'), { recursive: true });
    await chmod(closed, 0o700);
    const other = { uid: 65_534, gid: 65_534 };
    expect(() => assertReachable(join(closed, 'postgres'), other)).toThrow(`cannot enter ${closed}`);
    await chmod(closed, 0o711);
    expect(() => assertReachable(join(closed, 'postgres'), other)).not.toThrow();
  });
});
