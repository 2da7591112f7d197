import type { Quota } from '#lib/sources/quota.ts';

type Window = Quota['windows'][number];

const spans: readonly (readonly [seconds: number, one: string, many: string])[] = [
  [86_400, 'day', 'days'],
  [3_600, 'hour', 'hours'],
  [60, 'minute', 'minutes'],
  [1, 'second', 'seconds'],
];

/** A stretch of time in the largest unit that divides it: `minute`, `5 minutes`. */
export function spanInWords(seconds: number): string {
  const [length, one, many] = spans.find(([unit]) => seconds % unit === 0) ?? [1, 'second', 'seconds'];
  const count = seconds / length;
  return count === 1 ? one : `${count} ${many}`;
}

/** Whose limit it is, and how long its window: `Limit of the provider, per minute`. */
export function nameOf({ of, seconds }: Pick<Window, 'of' | 'seconds'>): string {
  const owner = of === 'provider' ? 'Limit of the provider' : 'Your own limit';
  return `${owner}, per ${spanInWords(seconds)}`;
}

/** How much of a window is used, from 0 to 100. */
export function percentOf({ used, limit }: Pick<Window, 'used' | 'limit'>): number {
  return Math.min(100, Math.round((100 * used) / limit));
}

/** The same in words: `30 of 30 calls used: full`. */
export function usedInWords(
  { used, limit }: Pick<Window, 'used' | 'limit'>,
  number: (value: number) => string,
): string {
  const words = `${number(used)} of ${number(limit)} ${limit === 1 ? 'call' : 'calls'} used`;
  return used >= limit ? `${words}: full` : words;
}
