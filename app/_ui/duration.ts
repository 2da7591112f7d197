const SECOND_MS = 1_000;
const units = [
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in its two largest units, such as `3 min 12 sec`; never less than a second. */
export function durationInWords(ms: number, locale: string): string {
  let rest = Math.max(1, Math.round(ms / SECOND_MS));
  const parts = units.flatMap(([unit, seconds]) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return count === 0 ? [] : [new Intl.NumberFormat(locale, { style: 'unit', unit }).format(count)];
  });
  return parts.slice(0, 2).join(' ');
}
