import type { MomentFormat } from '#connectors/json/incremental-definition.ts';

const SECOND_MS = 1_000;
export const DAY_MS = 86_400_000;
const unitMs: Readonly<Record<string, number>> = {
  second: SECOND_MS,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
};

/** The years 1 to 9999, which four digits can name; in milliseconds since 1970. */
const EARLIEST_MS = -62_135_596_800_000;
const LATEST_MS = 253_402_300_799_999;

/** A number that is larger is milliseconds since 1970, not seconds: it would be the year 5138. */
const SECONDS_MAX = 100_000_000_000;

const isoTime =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:[.,]\d{1,9})?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** As HTTP writes them, `Sun, 01 Mar 2026 12:00:00 GMT`. */
const httpTime = /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})$/i;

/** How long `5 minutes` is, in milliseconds. */
export function durationMs(text: string): number {
  const [count, unit = ''] = text.split(' ');
  return Number(count) * (unitMs[unit.replace(/s$/, '')] ?? 0);
}

/** The least step between two moments in that format, in milliseconds. */
export function stepMs(format: MomentFormat): number {
  if (format === 'date') return DAY_MS;
  return format === 'unix' || format === 'isoSeconds' ? SECOND_MS : 1;
}

/**
 * The moment that a vendor's value means, in milliseconds since 1970: ISO 8601, a date, seconds or milliseconds
 * since 1970. Without a zone it is UTC. Undefined for anything else and beyond the years 1 to 9999.
 */
export function momentOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? textMs(value.trim()) : numberMs(value);
  return ms !== undefined && ms >= EARLIEST_MS && ms <= LATEST_MS ? Math.floor(ms) : undefined;
}

/** A moment as a parameter takes it, rounded down. */
export function written(ms: number, format: MomentFormat): string {
  const iso = isoOf(ms);
  switch (format) {
    case 'iso':
      return iso;
    case 'isoSeconds':
      return `${iso.slice(0, 19)}Z`;
    case 'date':
      return iso.slice(0, 10);
    case 'unix':
      return String(Math.floor(ms / SECOND_MS));
    case 'unixMs':
      return String(ms);
  }
}

/** In ISO 8601, UTC; what lies beyond the years 1 to 9999 is brought to their ends. */
export function isoOf(ms: number): string {
  return new Date(Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS)).toISOString();
}

function textMs(text: string): number | undefined {
  if (/^-?\d{9,13}(?:\.\d+)?$/.test(text)) return numberMs(Number(text));
  const [matched, date, minutes = '00:00', seconds = ':00', zone = 'Z'] = isoTime.exec(text) ?? [];
  if (!matched && !httpTime.test(text)) return undefined;
  const ms = Date.parse(matched ? `${date}T${minutes}${seconds.replace(',', '.')}${fullZone(zone)}` : text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `+02` and `+0200` as `+02:00`. */
function fullZone(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function numberMs(value: unknown): number | undefined {
  const number = JSON.isRawJSON(value) ? Number(value.rawJSON) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return Math.abs(number) < SECONDS_MAX ? number * SECOND_MS : number;
}
