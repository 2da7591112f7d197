import pg from 'pg';
import { typeParsers } from '#lib/db/values.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';

/** Who draws from a pool: members' short transactions, the service's, and exports that hold a snapshot. */
export type PoolName = 'member' | 'service' | 'snapshot';

const CONNECT_TIMEOUT_MS = 10_000;
const pools = new Map<PoolName, pg.Pool>();

/**
 * The pool of that name, made on first use. Together they hold at most DATABASE_POOL_SIZE connections: half
 * for members, so that a slow export or the service never keeps a page waiting.
 */
export function pool(name: PoolName): pg.Pool {
  const made = pools.get(name) ?? openPool(name);
  pools.set(name, made);
  return made;
}

/** Closes every pool; for tests and for processes that end. */
export async function closePools(): Promise<void> {
  const open = [...pools.values()];
  pools.clear();
  await Promise.all(open.map((each) => each.end()));
}

/** How many connections there are for members' transactions. */
export function memberConnections(): number {
  return Math.max(1, env().DATABASE_POOL_SIZE - 2 * quarter());
}

function quarter(): number {
  return Math.max(1, Math.floor(env().DATABASE_POOL_SIZE / 4));
}

function openPool(name: PoolName): pg.Pool {
  const made = new pg.Pool({
    connectionString: addressOf(name),
    max: name === 'member' ? memberConnections() : quarter(),
    connectionTimeoutMillis: name === 'snapshot' ? 0 : CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 10_000,
    keepAlive: true,
    types: typeParsers,
    application_name: 'entrepot',
  });
  made.on('error', (error) => log().warn({ error, pool: name }, 'an idle database connection was lost'));
  return made;
}

function addressOf(name: PoolName): string {
  const { DATABASE_URL, DATABASE_SERVICE_URL, DATABASE_SESSION_URL } = env();
  if (name === 'service') return DATABASE_SERVICE_URL ?? DATABASE_URL;
  return name === 'snapshot' ? (DATABASE_SESSION_URL ?? DATABASE_URL) : DATABASE_URL;
}
