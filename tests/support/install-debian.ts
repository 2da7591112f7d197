import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, type Program, programs, unpackedFolder } from './debian.ts';

/** Ways to have a program of Debian's, the plainest first: installed by root, by sudo, or unpacked beside the data. */
const ways = [asRoot, bySudo, unpack];

/** What these programs need and a bare Debian may lack. */
const libraries = [
  ...['event', 'c-?ares', 'atomic', 'jemalloc', 'lzf'],
  ...['poppler', 'freetype', 'fontconfig1', 'lcms2', 'nspr4', 'nss3', 'sqlite', 'expat', 'brotli'],
  ...['jpeg', 'openjp2', 'png', 'tiff', 'deflate', 'jbig', 'lerc', 'webp'],
].join('|');
const dependency = new RegExp(`Depends: (redis-tools|lib(?:${libraries})\\S*)`, 'g');

for (const name of Object.keys(programs) as Program[]) {
  if (findProgram(name) || ways.some((way) => succeeds(way, name))) continue;
  process.stderr.write(
    `The tests need ${name}, which could not be installed: run apt-get install ${programs[name].package} as root.\n`,
  );
  process.exit(1);
}

function asRoot(name: Program): void {
  if (process.getuid?.() !== 0) throw new Error('not root');
  install(name, 'apt-get');
}

function bySudo(name: Program): void {
  install(name, 'sudo', '-n', 'apt-get');
}

function install(name: Program, ...apt: [string, ...string[]]): void {
  const [command, ...before] = apt;
  if (readdirSync('/var/lib/apt/lists').length < 3) run(command, ...before, 'update', '-qq');
  run(command, ...before, 'install', '-y', '-qq', '--no-install-recommends', programs[name].package);
}

/** Without root: fetches the package and unpacks it, with what it depends on beyond a bare Debian. */
function unpack(name: Program): void {
  mkdirSync(unpackedFolder, { recursive: true });
  execFileSync('apt-get', ['download', ...withDependencies(programs[name].package)], {
    cwd: unpackedFolder,
    stdio: 'ignore',
  });
  const packages = readdirSync(unpackedFolder).filter((file) => file.endsWith('.deb'));
  for (const file of packages) run('dpkg', '-x', join(unpackedFolder, file), unpackedFolder);
}

/** The package, the libraries that few others need, and the package that holds the program itself. */
function withDependencies(name: string): string[] {
  const depends = execFileSync('apt-cache', ['depends', name], { encoding: 'utf8' });
  const needed = depends.matchAll(dependency);
  return [name, ...[...needed].flatMap(([, each = '']) => withDependencies(each))];
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function succeeds(way: (name: Program) => void, name: Program): boolean {
  try {
    way(name);
    return findProgram(name) !== undefined;
  } catch {
    return false;
  }
}
