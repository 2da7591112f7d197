import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LocalProblem } from './problem.ts';

/** Who runs Postgres: empty for the present user, else the ids to switch to. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** Postgres refuses to run as root, so root runs it as the system's user `postgres`, made here if need be. */
export function postgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return {};
  if (idOf('-u') === undefined) {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
      stdio: 'ignore',
    });
  }
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  if (uid === undefined || gid === undefined) {
    throw new LocalProblem(
      'Postgres cannot run as root and no user "postgres" could be made: run as another user.',
    );
  }
  return { uid, gid };
}

/** Throws, naming the folder and the remedy, when a folder on the way to `path` keeps the Postgres user out. */
export function assertReachable(path: string, user: PostgresUser): void {
  const closed = ancestors(resolve(path)).find((folder) => !mayEnter(folder, user));
  if (closed === undefined) return;
  throw new LocalProblem(
    `The user "postgres", who runs Postgres when you are root, cannot enter ${closed}: ` +
      `move the project to a folder open to all (such as /srv), run it as another user, or run: chmod o+x ${closed}`,
  );
}

/** The folders that exist from the root down to `path`. */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  const above = parent === path ? [] : ancestors(parent);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? [...above, path] : above;
}

function mayEnter(folder: string, user: PostgresUser): boolean {
  if (user.uid === undefined) return true;
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

function idOf(flag: '-u' | '-g'): number | undefined {
  try {
    return Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
