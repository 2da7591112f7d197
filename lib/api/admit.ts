import { createHash } from 'node:crypto';
import { Ratelimit } from '@upstash/ratelimit';
import { EntrepotError } from '#lib/core/errors.ts';
import type { RateWindow } from '#lib/core/rate-window.ts';
import { limiter } from '#lib/http/limiter/limiter.ts';
import { askRedis, configuredRedis, type Redis } from '#lib/http/redis.ts';
import { log } from '#lib/log.ts';

/** By what a caller comes in: an API key, or a source's webhook. */
type Door = 'key' | 'webhook';

const windows: Readonly<Record<Door, RateWindow>> = {
  key: { calls: 1_200, seconds: 60 },
  // A provider tells of each of many changes.
  webhook: { calls: 300, seconds: 60 },
};

let doors: Readonly<Record<Door, Ratelimit>> | undefined;

/**
 * Counts a call of one caller; throws `too_many_requests` where there have been too many within a minute. Where a
 * Redis is configured it counts there, and a Redis that gives no answer within 5 s keeps nobody out; without one the
 * calls of webhooks are counted in Postgres, and those of keys are not.
 */
export async function admit(door: Door, caller: string): Promise<void> {
  const redis = configuredRedis();
  const id = createHash('sha256').update(caller).digest('base64url');
  const waitMs = redis ? await waitInRedis(redis, door, id) : await waitInPostgres(door, id);
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1_000);
  throw new EntrepotError(
    'too_many_requests',
    `Too many calls in a short time. Wait ${seconds === 1 ? 'a second' : `${seconds} seconds`}, then try again.`,
    { retryAfterMs: waitMs },
  );
}

async function waitInRedis(redis: Redis, door: Door, id: string): Promise<number> {
  doors ??= { key: doorOf(redis, 'key'), webhook: doorOf(redis, 'webhook') };
  const { [door]: ratelimit } = doors;
  try {
    const { success, reset } = await askRedis(() => ratelimit.limit(id));
    return success ? 0 : Math.max(1, reset - Date.now());
  } catch (error) {
    log().warn({ error, door }, 'a call could not be counted, and was let in');
    return 0;
  }
}

function doorOf(redis: Redis, door: Door): Ratelimit {
  const { calls, seconds } = windows[door];
  return new Ratelimit({
    redis,
    limiter: Ratelimit.slidingWindow(calls, `${seconds} s`),
    prefix: `entrepot:incoming:${door}`,
  });
}

async function waitInPostgres(door: Door, id: string): Promise<number> {
  if (door === 'key') return 0;
  return limiter().take([{ key: `incoming:${door}:${id}`, windows: [windows[door]] }]);
}
