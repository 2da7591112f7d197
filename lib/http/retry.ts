import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { LONGEST_WAIT_MS } from './waits.ts';

const FAILURE_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000];
const MAX_LIMITED_RETRIES = 3;
/** Waits are lengthened by up to this share, so that callers who failed together do not return together. */
const JITTER = 0.25;

export interface Patience {
  readonly signal: AbortSignal;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How long the caller can still wait, in milliseconds. */
  readonly timeLeft: () => number;
}

/**
 * Runs `attempt` until it succeeds: a `NETWORK_ERROR` is tried five times more, a `RATE_LIMITED` three times
 * more. Throws the last error, with `retryAfterMs` where the next try would have to wait longer than the caller
 * can; every other error at once; and the signal's reason once it is aborted.
 */
export async function withRetries<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
  const failures = { NETWORK_ERROR: 0, RATE_LIMITED: 0 };
  for (;;) {
    patience.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      patience.signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      await pause(error, failures[error.code]++, patience);
    }
  }
}

function isPassing(error: unknown): error is EntrepotError & { code: 'NETWORK_ERROR' | 'RATE_LIMITED' } {
  return isEntrepotError(error) && (error.code === 'NETWORK_ERROR' || error.code === 'RATE_LIMITED');
}

/** Waits before the next try, or throws `error` where there is to be none. */
async function pause(
  error: EntrepotError,
  failuresBefore: number,
  { sleep, signal, timeLeft }: Patience,
): Promise<void> {
  const wait = nextWait(error, failuresBefore);
  if (wait === undefined) throw error;
  const jittered = wait * (1 + JITTER * Math.random());
  if ((error.retryAfterMs ?? 0) > LONGEST_WAIT_MS || jittered > timeLeft()) throw later(error, wait);
  await sleep(jittered, signal);
}

function nextWait({ code, retryAfterMs = 0 }: EntrepotError, failuresBefore: number): number | undefined {
  if (code === 'RATE_LIMITED') return failuresBefore < MAX_LIMITED_RETRIES ? retryAfterMs : undefined;
  const backoff = FAILURE_WAITS_MS[failuresBefore];
  return backoff === undefined ? undefined : Math.max(backoff, retryAfterMs);
}

function later(error: EntrepotError, retryAfterMs: number): EntrepotError {
  return new EntrepotError(error.code, error.message, { cause: error.cause, retryAfterMs });
}
