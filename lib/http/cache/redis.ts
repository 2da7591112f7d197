import { type Redis, redisScript } from '#lib/http/redis.ts';
import { type CacheStore, type EntryKey, WORKSPACE_MAX_BYTES, WORKSPACE_MAX_ENTRIES } from './store.ts';

/**
 * Entries in a Redis: each as base64 behind the millisecond at which it was stored, and for each workspace a set of
 * what it holds, by age.
 */
export function redisStore(redis: Redis): CacheStore {
  const get = redisScript<[ageMs: number, base64: string] | null>(redis, getScript);
  const put = redisScript<number>(redis, putScript);
  return {
    async get(key) {
      const found = await get([entryKey(key)], []);
      return found ? { ageMs: found[0], bytes: Buffer.from(found[1], 'base64') } : undefined;
    },
    async put(key, bytes, seconds) {
      const base64 = Buffer.from(bytes).toString('base64');
      const bounds = [WORKSPACE_MAX_ENTRIES, Math.floor(WORKSPACE_MAX_BYTES * BASE64)];
      await put(
        [entryKey(key), heldKey(key)],
        [base64, String(Math.ceil(seconds * 1_000)), ...bounds.map(String)],
      );
    },
  };
}

/** By how much base64 is longer than what it encodes. */
const BASE64 = 4 / 3;

function entryKey({ workspaceId, key }: EntryKey): string {
  return `entrepot:cache:${workspaceId}:${key}`;
}

function heldKey({ workspaceId }: EntryKey): string {
  return `entrepot:cached:${workspaceId}`;
}

const present = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
`;

/** KEYS: an entry. */
const getScript = `${present}
local entry = redis.call('GET', KEYS[1])
if not entry then return false end
local colon = string.find(entry, ':', 1, true)
return { math.max(0, now - tonumber(string.sub(entry, 1, colon - 1))), string.sub(entry, colon + 1) }
`;

/** KEYS: an entry, and what its workspace holds. ARGV: base64, milliseconds to keep it, most entries, most bytes. */
const putScript = `${present}
local stamp = string.format('%.0f', now)
redis.call('SET', KEYS[1], stamp .. ':' .. ARGV[1], 'PX', ARGV[2])
redis.call('ZADD', KEYS[2], stamp, KEYS[1])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
local entries, bytes = 0, 0
for _, key in ipairs(redis.call('ZREVRANGE', KEYS[2], 0, -1)) do
  local length = redis.call('STRLEN', key)
  entries = entries + 1
  bytes = bytes + length
  if length == 0 then
    entries = entries - 1
    redis.call('ZREM', KEYS[2], key)
  elseif entries > tonumber(ARGV[3]) or bytes > tonumber(ARGV[4]) then
    redis.call('DEL', key)
    redis.call('ZREM', KEYS[2], key)
  end
end
return 0
`;
