import { Redis } from '@upstash/redis';
import { env } from '#lib/env.ts';

export type { Redis } from '@upstash/redis';

/** One request, with all that the client tries again: longer than any answer takes, however busy the machine is. */
const TIMEOUT_MS = 10_000;
const RETRIES = 2;
const RETRY_WAIT_MS = 100;

let redis: Redis | undefined;

/** The Redis that the environment names, where it names one. */
export function configuredRedis(): Redis | undefined {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env();
  if (url === undefined || token === undefined) return undefined;
  redis ??= openRedis(url, token);
  return redis;
}

/** A client that gives up after a while; values come back as they were stored. */
export function openRedis(url: string, token: string, timeoutMs = TIMEOUT_MS): Redis {
  return new Redis({
    url,
    token,
    // A signal of its own for each request: a single one would end all that follow.
    signal: () => AbortSignal.timeout(timeoutMs),
    retry: { retries: RETRIES, backoff: () => RETRY_WAIT_MS },
    automaticDeserialization: false,
    responseEncoding: false,
    enableTelemetry: false,
  });
}

/** Asks a Redis; what fails names no more than its kind, for the client's own message holds the whole command. */
export async function askRedis<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw new Error(`Redis gave no answer (${error instanceof Error ? error.name : 'unknown'})`);
  }
}

/** A Lua script that the server runs as one step; sent whole only where the server does not know it yet. */
export function redisScript<Result>(
  redis: Redis,
  text: string,
): (keys: string[], args: string[]) => Promise<Result> {
  const script = redis.createScript<Result>(text);
  return (keys, args) => askRedis(() => script.exec(keys, args));
}
