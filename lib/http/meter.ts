/** What reading a source has cost so far; grows while it is read. */
export interface CallMeter {
  /** Requests that were sent: retries and redirects too. */
  calls: number;
  /** Those among them that brought nothing: refused, failed, or cut off while they were read. */
  wasted: number;
  /** Answers out of the cache, which cost no call. */
  cacheHits: number;
  /** When the oldest of those was given; ISO 8601, null where there is none. */
  cachedAt: string | null;
}

export function newMeter(): CallMeter {
  return { calls: 0, wasted: 0, cacheHits: 0, cachedAt: null };
}

/** A body whose breaking off counts as a wasted call. */
export async function* metered(
  body: AsyncIterable<Uint8Array>,
  meter: CallMeter,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    meter.wasted += 1;
    throw error;
  }
}
