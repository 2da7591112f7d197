import type { Socket } from 'node:net';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { PoolClient } from 'pg';
import { EntrepotError } from '#lib/core/errors.ts';
import { type PoolName, pool } from '#lib/db/pool.ts';
import type { DB } from '#lib/db/types.gen.ts';

/** An open transaction. `client` is for COPY and cursors; one statement is in flight at a time. */
export interface Tx {
  readonly db: Kysely<DB>;
  readonly client: PoolClient;
}

export interface TransactionOptions {
  /** `snapshot`: repeatable read, read only; `writing snapshot`: the same, for what notes what it has seen. */
  readonly isolation?: 'read committed' | 'snapshot' | 'writing snapshot';
  /** The longest one statement may take on the server. */
  readonly statementTimeoutMs?: number;
  /** Ends the wait for a connection, or the transaction and its connection, when aborted; its reason is thrown. */
  readonly signal?: AbortSignal;
}

const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 20_000;
const IDLE_TIMEOUT_MS = 60_000;
/** How soon a server that is busy sees that the connection was cut, and stops too. */
const CLIENT_CHECK_MS = 1_000;
/** How long the server's own timeout gets to answer before the connection is given up. */
const GRACE_MS = 5_000;

const BEGIN = {
  'read committed': 'begin',
  snapshot: 'begin isolation level repeatable read, read only',
  'writing snapshot': 'begin isolation level repeatable read',
};

/**
 * Runs `work` in one transaction in which `settings` hold, all local to it, so that it is safe behind a
 * transaction-mode pooler. Commits when `work` resolves. When it throws, everything is rolled back, and the
 * connection is thrown away unless the rollback is answered in time.
 */
export async function transaction<T>(
  name: PoolName,
  settings: Readonly<Record<string, string>>,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const client = await acquire(name, options.signal);
  const guard = watch(client, options);
  try {
    await client.query(BEGIN[options.isolation ?? 'read committed']);
    await applySettings(client, { ...settings, ...sessionSettings(options) });
    const result = await work({ db: kyselyOn(client), client });
    await client.query('commit');
    guard.stop();
    client.release();
    return result;
  } catch (error) {
    await abandon(client);
    guard.stop();
    throw options.signal?.aborted ? abortReason(options.signal, error) : error;
  }
}

async function acquire(name: PoolName, signal?: AbortSignal): Promise<PoolClient> {
  const connecting = pool(name).connect();
  try {
    return await (signal ? unlessAborted(connecting, signal) : connecting);
  } catch (cause) {
    if (signal?.aborted) {
      void connecting.then((late) => late.release()).catch(() => undefined);
      throw abortReason(signal, cause);
    }
    throw new EntrepotError(
      'unavailable',
      'The database cannot be reached right now. Try again in a moment.',
      { cause },
    );
  }
}

async function unlessAborted<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    const value = await Promise.race([awaited, aborted]);
    signal.throwIfAborted();
    return value;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function sessionSettings(options: TransactionOptions): Record<string, string> {
  const { statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  return {
    statement_timeout: String(statementTimeoutMs),
    lock_timeout: String(Math.min(LOCK_TIMEOUT_MS, statementTimeoutMs)),
    idle_in_transaction_session_timeout: String(longestSilence(options)),
    client_connection_check_interval: String(CLIENT_CHECK_MS),
    timezone: 'UTC',
    datestyle: 'ISO, YMD',
    extra_float_digits: '1',
    bytea_output: 'hex',
  };
}

async function applySettings(client: PoolClient, settings: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(settings);
  const calls = entries.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, true)`);
  await client.query(`select ${calls.join(', ')}`, entries.flat());
}

/** Kysely on a connection that is already held: it neither takes nor gives one back. */
function kyselyOn(client: PoolClient): Kysely<DB> {
  const held = {
    query: client.query.bind(client),
    release: () => undefined,
  } as unknown as PostgresPoolClient;
  return new Kysely<DB>({
    dialect: new PostgresDialect({
      pool: { connect: async () => held, end: async () => undefined, options: {} },
    }),
  });
}

/**
 * A connection that breaks is told by the statement in flight, so its own event is only caught here. Cuts it
 * when the caller aborts, and when the server stays silent for longer than it would let
 * any statement or pause last: then it is gone.
 */
function watch(client: PoolClient, options: TransactionOptions): { stop(): void } {
  const socket = socketOf(client);
  const cut = () => socket.destroy(new Error('the transaction was given up'));
  const lost = () => undefined;
  client.on('error', lost);
  options.signal?.addEventListener('abort', cut, { once: true });
  socket.setTimeout(longestSilence(options) + GRACE_MS, cut);
  return {
    stop: () => {
      options.signal?.removeEventListener('abort', cut);
      socket.setTimeout(0);
      socket.removeListener('timeout', cut);
      client.removeListener('error', lost);
    },
  };
}

function longestSilence({ statementTimeoutMs = STATEMENT_TIMEOUT_MS }: TransactionOptions): number {
  return Math.max(IDLE_TIMEOUT_MS, statementTimeoutMs);
}

function socketOf(client: PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

/** Rolls back and returns the connection, or destroys it where no answer comes. */
async function abandon(client: PoolClient): Promise<void> {
  const timer = setTimeout(() => socketOf(client).destroy(new Error('no answer to a rollback')), GRACE_MS);
  try {
    await client.query('rollback');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  } finally {
    clearTimeout(timer);
  }
}

function abortReason(signal: AbortSignal, error: unknown): unknown {
  return signal.reason instanceof Error ? signal.reason : error;
}
