const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago a moment was, or in how long it will be, in its largest unit: `3 hours ago`, `in 5 minutes`. */
export function ageInWords(at: string, nowMs: number, locale: string): string {
  const seconds = Math.round((Date.parse(at) - nowMs) / 1_000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, 'second');
}
