import { configuredRedis } from '#lib/http/redis.ts';
import { postgresStore } from './postgres.ts';
import { redisStore } from './redis.ts';

/** Where an entry lies: whose it is, and under which of their keys. */
export interface EntryKey {
  readonly workspaceId: string;
  readonly key: string;
}

/** Bytes that were kept, and since when, by the store's own clock. */
export interface StoredEntry {
  readonly bytes: Uint8Array;
  readonly ageMs: number;
}

/** Keeps bytes for a time, within bounds for each workspace. What is in it may be gone at any moment. */
export interface CacheStore {
  get(key: EntryKey): Promise<StoredEntry | undefined>;
  /** Keeps an entry in place of the one before it, and drops the workspace's oldest where it has too many. */
  put(key: EntryKey, bytes: Uint8Array, seconds: number): Promise<void>;
}

/** What one workspace may hold; beyond that its oldest entries go. */
export const WORKSPACE_MAX_BYTES = 20_000_000;
export const WORKSPACE_MAX_ENTRIES = 1_000;

let chosen: CacheStore | undefined;

/** The store of this installation: in Redis where the environment names one, else in Postgres. */
export function cacheStore(): CacheStore {
  chosen ??= openStore();
  return chosen;
}

function openStore(): CacheStore {
  const redis = configuredRedis();
  return redis ? redisStore(redis) : postgresStore;
}
