import type { NumberMeaning } from './number-formats.ts';

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
/** Day 0 of the two ways to count; that of 1900 holds from 1 March on, for Excel has a 29 February then. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const FIRST_OF_MARCH_1900 = 61;
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/**
 * A number of days as the date or time that its cell shows: `2026-01-31`, `2026-01-31T13:45:00Z` (taken as
 * UTC, for a workbook knows no zones), `13:45:00`, or a duration in hours, `36:00:00`. Undefined where no
 * calendar has that day, so that the number itself remains.
 */
export function dateText(
  days: number,
  meaning: NonNullable<NumberMeaning>,
  date1904: boolean,
): string | undefined {
  if (!(days >= 0)) return undefined;
  const ms = Math.round(days * DAY_MS);
  if (meaning === 'duration' || (meaning === 'time' && ms < DAY_MS)) return clock(ms);
  const instant = epoch(days, date1904) + ms;
  if (instant >= YEAR_10000) return undefined;
  const iso = new Date(instant).toISOString();
  return meaning === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 11)}${clock(ms % DAY_MS)}Z`;
}

function epoch(days: number, date1904: boolean): number {
  if (date1904) return EPOCH_1904;
  return days < FIRST_OF_MARCH_1900 - 1 ? EPOCH_1900 + DAY_MS : EPOCH_1900;
}

/** Hours, minutes and seconds, with the fraction that is not zero. */
function clock(ms: number): string {
  const seconds = Math.floor(ms / SECOND_MS);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const fraction = String(ms % SECOND_MS)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return parts.map((part) => String(part).padStart(2, '0')).join(':') + (fraction && `.${fraction}`);
}
