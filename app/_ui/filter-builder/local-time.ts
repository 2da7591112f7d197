import { timestampCell } from '#lib/datasets/times.ts';

const MINUTE_MS = 60_000;

/** A moment as `datetime-local` inputs hold it, on the clocks of `timeZone`; empty where the text is no moment. */
export function toLocal(iso: string, timeZone: string): string {
  const utc = timestampCell(iso);
  if (typeof utc !== 'string') return '';
  const moment = Date.parse(utc);
  const local = new Date(moment + offsetMs(moment, timeZone)).toISOString().slice(0, 19);
  return local.endsWith(':00') ? local.slice(0, -3) : local;
}

/**
 * The moment when the clocks of `timeZone` show `local`, as ISO 8601 in UTC. What they show twice is the first
 * of both; what they skip is taken as if they had not.
 */
export function toUtc(local: string, timeZone: string): string | undefined {
  const shown = Date.parse(`${local}Z`);
  if (Number.isNaN(shown)) return undefined;
  const day = 1_440 * MINUTE_MS;
  const before = shown - offsetMs(shown - day, timeZone);
  const after = shown - offsetMs(shown + day, timeZone);
  const showsIt = (moment: number) => moment + offsetMs(moment, timeZone) === shown;
  const moment = showsIt(before) || !showsIt(after) ? before : after;
  const utc = timestampCell(new Date(moment).toISOString());
  return typeof utc === 'string' ? utc : undefined;
}

/** How far the zone's clocks are ahead of UTC at that moment. */
function offsetMs(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const shown = new Date(0);
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  shown.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  shown.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
  return shown.getTime() - Math.floor(moment / 1_000) * 1_000;
}
