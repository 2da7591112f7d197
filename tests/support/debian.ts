import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What the tests need of Debian: where each program lies, and which package has it. */
export const programs = {
  pgbouncer: { path: 'usr/sbin/pgbouncer', package: 'pgbouncer' },
  'redis-server': { path: 'usr/bin/redis-server', package: 'redis-server' },
  pdftotext: { path: 'usr/bin/pdftotext', package: 'poppler-utils' },
} as const;

export type Program = keyof typeof programs;

/** Where Debian's packages are unpacked when they cannot be installed. */
export const unpackedFolder = join(import.meta.dirname, '../../.local/debian');

/** Debian's program of that name, installed or unpacked; undefined where there is none. */
export function findProgram(name: Program): string | undefined {
  const { path } = programs[name];
  return [join('/', path), join(unpackedFolder, path)].find((place) => existsSync(place));
}

/** The same, for a test that cannot do without it. */
export function requireProgram(name: Program): string {
  const found = findProgram(name);
  if (found === undefined) throw new Error(`${name} is missing: \`npm test\` installs it first.`);
  return found;
}

/** The environment of a program that may have been unpacked: its libraries lie beside it. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LD_LIBRARY_PATH: join(unpackedFolder, 'usr/lib/x86_64-linux-gnu') };
}
