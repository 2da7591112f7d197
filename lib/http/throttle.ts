import { EntrepotError } from '#lib/core/errors.ts';
import { log } from '#lib/log.ts';
import type { Limit } from './limiter/call-log.ts';
import { limiter } from './limiter/limiter.ts';
import type { Patience } from './retry.ts';
import { closingWait, LONGEST_WAIT_MS } from './waits.ts';

/** In what a provider's calls are counted. */
export interface Throttle {
  /** The provider's own limit. What it asks for closes this key, for everyone who counts in it. */
  readonly provider: Limit;
  /** Further limits that each call must fit; the strictest holds. */
  readonly others?: readonly Limit[];
}

/** Lets calls through one by one, as the limits admit them. */
export interface Gate {
  /**
   * Resolves when a call is admitted, and has then counted it. Throws `throttled` with `retryAfterMs` where that
   * takes longer than a few seconds or than the caller can wait, and `unavailable` where nobody can tell.
   */
  turn(host: string): Promise<void>;
  /** Passes on what an answer says of when to call again. */
  learn(status: number, headers: Readonly<Record<string, string>>, now: Date): Promise<void>;
}

export function gateOf({ provider, others = [] }: Throttle, { signal, sleep, timeLeft }: Patience): Gate {
  return {
    async turn(host) {
      for (;;) {
        signal.throwIfAborted();
        const wait = await limiter().take([provider, ...others]);
        if (wait === 0) return;
        if (wait > LONGEST_WAIT_MS || wait > timeLeft()) throw throttled(host, wait);
        await sleep(wait, signal);
      }
    },
    async learn(status, headers, now) {
      const wait = closingWait(status, headers, now);
      if (wait === undefined || wait === 0) return;
      // The answer is there and counts; who asks next is refused by a limiter that is still away.
      await limiter()
        .close(provider.key, wait)
        .catch((error) => log().warn({ error }, 'a limit stays open'));
    },
  };
}

/** For what is counted nowhere. */
export const openGate: Gate = { turn: async () => {}, learn: async () => {} };

function throttled(host: string, waitMs: number): EntrepotError {
  return new EntrepotError(
    'throttled',
    `The calls to ${host} that its limits allow are used up for now. The next one is possible in ${duration(waitMs)}.`,
    { retryAfterMs: waitMs },
  );
}

function duration(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes > 90) return `${Math.ceil(minutes / 60)} hours`;
  return minutes > 1 ? `${minutes} minutes` : `${Math.ceil(ms / 1_000)} seconds`;
}
