import type { Clock } from './clock.ts';

// https://upstash.com/docs/qstash/features/deduplication
const WINDOW_MS = 10 * 60_000;

/** Which deduplication ids were used in the last ten minutes, and by which message; older ones are forgotten. */
export type Deduplication = {
  /** The message that already used the id, if any. */
  find(id: string): string | undefined;
  remember(id: string, messageId: string): void;
};

/** An empty memory of deduplication ids. */
export function deduplication(now: Clock): Deduplication {
  const seen = new Map<string, { messageId: string; until: number }>();
  const forget = () => {
    for (const [id, { until }] of seen) {
      if (until > now()) return;
      seen.delete(id);
    }
  };
  return {
    find(id) {
      forget();
      return seen.get(id)?.messageId;
    },
    remember: (id, messageId) => void seen.set(id, { messageId, until: now() + WINDOW_MS }),
  };
}
