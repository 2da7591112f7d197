import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian's packages are unpacked when they cannot be installed. */
export const unpackedFolder = join(import.meta.dirname, '../../.local/debian');

/** Debian's pgbouncer, installed or unpacked; undefined where there is none. */
export function findPgbouncer(): string | undefined {
  const places = ['/usr/sbin/pgbouncer', join(unpackedFolder, 'usr/sbin/pgbouncer')];
  return places.find((path) => existsSync(path));
}
