import { log } from '#lib/log.ts';
import { type CachedAnswer, decodeEntry, encodeEntry } from './entry.ts';
import { cacheStore, type EntryKey } from './store.ts';

/** An answer that was kept, and for how long by now. */
export interface AgedAnswer extends CachedAnswer {
  readonly ageMs: number;
}

/** By these a server can tell that an answer still holds; it is kept for so long to be asked about. */
const VALIDATED_SECONDS = 86_400;

/** What is kept under a key; undefined where there is nothing, or the cache does not answer. */
export async function recall(key: EntryKey): Promise<AgedAnswer | undefined> {
  try {
    const stored = await cacheStore().get(key);
    return stored && { ...(await decodeEntry(stored.bytes)), ageMs: stored.ageMs };
  } catch (error) {
    log().warn({ error }, 'the cache could not be read');
    return undefined;
  }
}

/**
 * Keeps an answer unless it is too large; answers whether it is kept. Without a cache that answers, the next call is
 * only made anew.
 */
export async function remember(key: EntryKey, answer: CachedAnswer, ttlSeconds: number): Promise<boolean> {
  try {
    const bytes = await encodeEntry(answer);
    const seconds =
      Object.keys(validatorsOf(answer)).length > 0 ? Math.max(ttlSeconds, VALIDATED_SECONDS) : ttlSeconds;
    if (bytes) await cacheStore().put(key, bytes, seconds);
    return bytes !== undefined;
  } catch (error) {
    log().warn({ error }, 'an answer could not be kept');
    return false;
  }
}

/** What a request says so that a server which has nothing newer answers 304. */
export function validatorsOf({ headers }: Pick<CachedAnswer, 'headers'>): Record<string, string> {
  const { etag, 'last-modified': lastModified } = headers;
  return {
    ...(etag && { 'if-none-match': etag }),
    ...(lastModified && { 'if-modified-since': lastModified }),
  };
}
