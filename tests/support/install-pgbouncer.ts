import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findPgbouncer, unpackedFolder } from './pgbouncer-binary.ts';

/** Ways to have Debian's pgbouncer, the plainest first: installed by root, by sudo, or unpacked beside the data. */
const ways = [asRoot, bySudo, unpack];

if (!findPgbouncer() && !ways.some(succeeds)) {
  process.stderr.write(
    'The tests need pgbouncer, which could not be installed: run apt-get install pgbouncer as root.\n',
  );
  process.exit(1);
}

function asRoot(): void {
  if (process.getuid?.() !== 0) throw new Error('not root');
  install('apt-get');
}

function bySudo(): void {
  install('sudo', '-n', 'apt-get');
}

function install(...apt: [string, ...string[]]): void {
  const [command, ...before] = apt;
  if (readdirSync('/var/lib/apt/lists').length < 3) run(command, ...before, 'update', '-qq');
  run(command, ...before, 'install', '-y', '-qq', '--no-install-recommends', 'pgbouncer');
}

/** Without root: fetches the packages and unpacks them, with the libraries that pgbouncer alone needs. */
function unpack(): void {
  mkdirSync(unpackedFolder, { recursive: true });
  const depends = execFileSync('apt-cache', ['depends', 'pgbouncer'], { encoding: 'utf8' });
  const libraries = [...depends.matchAll(/Depends: (lib(?:event|c-?ares)\S*)/g)].map(([, name = '']) => name);
  execFileSync('apt-get', ['download', 'pgbouncer', ...libraries], { cwd: unpackedFolder, stdio: 'ignore' });
  const packages = readdirSync(unpackedFolder).filter((name) => name.endsWith('.deb'));
  for (const name of packages) run('dpkg', '-x', join(unpackedFolder, name), unpackedFolder);
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function succeeds(way: () => void): boolean {
  try {
    way();
    return findPgbouncer() !== undefined;
  } catch {
    return false;
  }
}
