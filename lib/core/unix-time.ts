const form = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.(\d+))?Z)?$/;

/**
 * The seconds since 1970 at the time, or the day's beginning in UTC, that a cell holds, with every fraction digit that
 * it has; undefined for what is no time of the years 0001 to 9999 (`infinity`).
 */
export function unixSeconds(cell: string): string | undefined {
  const match = form.exec(cell);
  if (!match) return undefined;
  const seconds = Date.parse(cell.length === 10 ? cell : `${cell.slice(0, 19)}Z`) / 1_000;
  const fraction = match[1];
  if (fraction === undefined) return String(seconds);
  if (seconds >= 0) return `${seconds}.${fraction}`;
  // Before 1970 the fraction runs the other way: half a second before it is -1 + 0.5.
  const rest = String(10n ** BigInt(fraction.length) - BigInt(fraction)).padStart(fraction.length, '0');
  return `-${-seconds - 1}.${rest}`;
}
