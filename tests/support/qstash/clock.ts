import { setTimeout as sleep } from 'node:timers/promises';

/** The present, in milliseconds since 1970. */
export type Clock = () => number;

// A longer timer fires at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Resolves once the clock shows `at`, however far away that is; rejects when the signal aborts. */
export async function sleepUntil(at: number, now: Clock, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  for (let left = at - now(); left > 0; left = at - now()) {
    await sleep(Math.min(left, LONGEST_TIMER_MS), undefined, { signal });
  }
}
