const DIGIT_ZERO = 48;
const DAYS_OF_ERA = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_DAY = 719_468;
const SECONDS_OF_DAY = 86_400;

const date = /^\d{4}-\d\d-\d\d$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;

/** Days since 1970-01-01 of a date of the years 0001 to 9999; undefined for anything else. */
export function dayOf(cell: string): number | undefined {
  return date.test(cell) ? dayAt(cell) : undefined;
}

/** Seconds since 1970-01-01 and microseconds past them, of a time of the years 0001 to 9999; undefined for anything else. */
export function timeOf(cell: string): { seconds: number; micros: number } | undefined {
  if (!time.test(cell)) return undefined;
  const clock = twoDigits(cell, 11) * 3_600 + twoDigits(cell, 14) * 60 + twoDigits(cell, 17);
  const fraction = cell.length === 20 ? 0 : Number(cell.slice(20, -1).padEnd(6, '0'));
  return { seconds: dayAt(cell) * SECONDS_OF_DAY + clock, micros: fraction };
}

/** https://howardhinnant.github.io/date_algorithms.html#days_from_civil */
function dayAt(cell: string): number {
  const month = twoDigits(cell, 5);
  const year = twoDigits(cell, 0) * 100 + twoDigits(cell, 2) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + twoDigits(cell, 8) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_ERA + dayOfEra - EPOCH_DAY;
}

function twoDigits(cell: string, at: number): number {
  return cell.charCodeAt(at) * 10 + cell.charCodeAt(at + 1) - 11 * DIGIT_ZERO;
}
