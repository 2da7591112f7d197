import { randomUUID } from 'node:crypto';
import { type Redis, redisScript } from '#lib/http/redis.ts';
import type { CallLog, Limit, LimitUse } from './call-log.ts';

/** A window as the scripts take it. */
interface WindowMicros {
  readonly calls: number;
  readonly micros: number;
}

/**
 * The log in sorted sets of a Redis, by its clock: each call under the microsecond at which it was taken. Beside
 * each set lies a key that lives for as long as its limit is closed.
 */
export function redisCallLog(redis: Redis): CallLog {
  const take = redisScript<number>(redis, takeScript);
  const close = redisScript<number>(redis, closeScript);
  const use = redisScript<number[][]>(redis, useScript);
  return {
    take: (limits) => take(keysOf(limits), [shapesOf(limits), randomUUID()]),
    close: async (key, ms) => void (await close([closedKey(key)], [String(Math.ceil(ms))])),
    async use(limits) {
      const answer = await use(keysOf(limits), [shapesOf(limits)]);
      return answer.map(useOf);
    },
    forget: async (key) => void (await redis.del(logKey(key))),
  };
}

function keysOf(limits: readonly Limit[]): string[] {
  return limits.flatMap(({ key }) => [logKey(key), closedKey(key)]);
}

function logKey(key: string): string {
  return `entrepot:calls:${key}`;
}

function closedKey(key: string): string {
  return `entrepot:closed:${key}`;
}

function shapesOf(limits: readonly Limit[]): string {
  return JSON.stringify(
    limits.map(({ windows }) =>
      windows.map(({ calls, seconds }): WindowMicros => ({ calls, micros: Math.round(seconds * 1e6) })),
    ),
  );
}

/** What the script says of one limit: for how long it is closed, then two numbers for each window. */
function useOf([closedMs = 0, ...rest]: readonly number[]): LimitUse {
  const windows = Array.from({ length: rest.length / 2 }, (_, n) => ({
    used: rest[2 * n] ?? 0,
    emptyMs: rest[2 * n + 1] ?? 0,
  }));
  return { closedMs, windows };
}

const present = `
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
`;

/** KEYS: log and closure of each limit. ARGV: the windows of each, and what tells this call from any other. */
const takeScript = `${present}
local shapes = cjson.decode(ARGV[1])
local wait = 0
for i, windows in ipairs(shapes) do
  wait = math.max(wait, redis.call('PTTL', KEYS[2 * i]))
  for _, window in ipairs(windows) do
    local blocking = redis.call('ZREVRANGE', KEYS[2 * i - 1], window.calls - 1, window.calls - 1, 'WITHSCORES')[2]
    if blocking then wait = math.max(wait, math.ceil((blocking + window.micros - now) / 1000)) end
  end
end
if wait > 0 then return wait end
for i, windows in ipairs(shapes) do
  local longest = 0
  for _, window in ipairs(windows) do longest = math.max(longest, window.micros) end
  if longest > 0 then
    local log = KEYS[2 * i - 1]
    redis.call('ZADD', log, string.format('%.0f', now), ARGV[2])
    redis.call('ZREMRANGEBYSCORE', log, '-inf', string.format('%.0f', now - longest))
    redis.call('PEXPIRE', log, string.format('%.0f', math.ceil(longest / 1000)))
  end
end
return 0
`;

/** KEYS: a closure. ARGV: for how many milliseconds. */
const closeScript = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 0
`;

/** KEYS and ARGV as of `takeScript`. */
const useScript = `${present}
local uses = {}
for i, windows in ipairs(cjson.decode(ARGV[1])) do
  local log = KEYS[2 * i - 1]
  local use = { math.max(0, redis.call('PTTL', KEYS[2 * i])) }
  local last = redis.call('ZREVRANGE', log, 0, 0, 'WITHSCORES')[2]
  for _, window in ipairs(windows) do
    local used = redis.call('ZCOUNT', log, '(' .. string.format('%.0f', now - window.micros), '+inf')
    table.insert(use, used)
    table.insert(use, used > 0 and math.ceil((last + window.micros - now) / 1000) or 0)
  end
  table.insert(uses, use)
end
return uses
`;
