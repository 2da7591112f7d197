import { z } from 'zod';

const MAX_WINDOWS = 5;
const MAX_CALLS = 100_000;
export const HOUR_SECONDS = 3_600;
const MONTH_SECONDS = 31 * 24 * HOUR_SECONDS;

/** How many calls within any stretch of so many seconds; the exact log of them is kept that long. */
export const rateWindow = z.strictObject({
  calls: z.int().min(1).max(MAX_CALLS),
  seconds: z.int().min(1).max(MONTH_SECONDS),
});

/** Limits of a person's own, beside the provider's: the stricter holds. */
export const ownRateLimits = z
  .array(rateWindow)
  .max(MAX_WINDOWS)
  .readonly()
  .meta({
    description: 'Limits of your own, beside the provider’s: every window of both holds.',
    examples: [[{ calls: 60, seconds: 60 }]],
  });

/** How old an answer may be that checks and previews show instead of asking anew. */
export const cacheTtlSeconds = z.int().min(0).max(MONTH_SECONDS).meta({
  description: 'For how long checks and previews may show an earlier answer; 0 for never.',
});
