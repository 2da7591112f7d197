import { EntrepotError } from '#lib/core/errors.ts';
import { configuredRedis } from '#lib/http/redis.ts';
import type { CallLog, Limit } from './call-log.ts';
import { postgresCallLog } from './postgres.ts';
import { redisCallLog } from './redis.ts';

/** A call reaches its server some time after it was counted, and never at the same pace. */
const LENGTHENED = 1.05;

let chosen: CallLog | undefined;

/** The limiter of this installation: in Redis where the environment names one, else in Postgres. */
export function limiter(): CallLog {
  chosen ??= limiterOn(openCallLog());
  return chosen;
}

/**
 * A log of calls, with every window taken to be a little longer than it is said to be. Throws `unavailable` where
 * the log does not answer: whoever cannot be told that a call is admitted makes none.
 */
export function limiterOn(calls: CallLog): CallLog {
  return {
    take: (limits) => answered(calls.take(limits.map(lengthened)).then(aWait)),
    close: (key, ms) => answered(calls.close(key, ms)),
    use: (limits) => answered(calls.use(limits.map(lengthened))),
    forget: (key) => answered(calls.forget(key)),
  };
}

function openCallLog(): CallLog {
  const redis = configuredRedis();
  return redis ? redisCallLog(redis) : postgresCallLog;
}

function lengthened({ key, windows }: Limit): Limit {
  return { key, windows: windows.map(({ calls, seconds }) => ({ calls, seconds: seconds * LENGTHENED })) };
}

/** What is no number of milliseconds must not pass for "no wait". */
function aWait(answer: number): number {
  if (!(answer >= 0)) throw new Error('the log of calls answered with what is no wait');
  return answer;
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new EntrepotError(
      'unavailable',
      'How many calls are left cannot be found out right now, so none is made. Try again in a moment.',
      { cause },
    );
  }
}
