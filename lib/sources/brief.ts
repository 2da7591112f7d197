import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Acting } from '#lib/db/as-member.ts';
import { type CallMeter, newMeter } from '#lib/http/meter.ts';
import { type Connection, connect, type ReadLimits, type SourceAccess } from './connect.ts';
import { HOUR_SECONDS } from './rate-limits.ts';

const TIME_LIMIT_MS = 30_000;
/** Failures are tried again for so long: a person waits for the answer. */
const PATIENCE_MS = 5_000;

/** How old what is shown is. */
export const cachedAt = z.iso.datetime().nullable().meta({
  description: 'When the source gave what is shown; null where it was asked just now.',
});

/** How a source is looked at. */
export interface Look extends Pick<ReadLimits, 'sourceId' | 'rateLimits'> {
  /** How old an answer may be that is shown instead of asking; an hour where absent. */
  readonly cacheTtlSeconds?: number;
  /** Asks anew whatever is kept. */
  readonly force?: boolean | undefined;
}

/**
 * Opens a source for a short look, out of the cache where that is young enough, and gives up on one that keeps
 * silent.
 */
export async function briefly<T>(
  acting: Acting,
  access: SourceAccess,
  { cacheTtlSeconds: ttlSeconds = HOUR_SECONDS, force, ...counted }: Look,
  work: (connection: Connection, meter: CallMeter) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const patientUntil = performance.now() + PATIENCE_MS;
  const timeLeft = () => Math.max(0, patientUntil - performance.now());
  const meter = newMeter();
  const cache = ttlSeconds > 0 ? { ttlSeconds, force } : undefined;
  try {
    return await work(await connect(acting, access, { signal, timeLeft, meter, cache, ...counted }), meter);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new EntrepotError(
      'NETWORK_ERROR',
      `The source gave no rows within ${TIME_LIMIT_MS / 1_000} seconds. Check the address, or try again later.`,
      { cause },
    );
  }
}
