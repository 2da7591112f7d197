const DAY_MS = 86_400_000;
/** Of 1970-01-01 in Excel's count of days. */
const EPOCH_SERIAL = 25_569;
/** Of 1900-03-01: before it, Excel counts a leap day that never was. */
const FIRST_SERIAL = 61;
/** Of 10000-01-01, which is past the last day. */
const END_SERIAL = 2_958_466;

const date = /^\d{4}-\d\d-\d\d$/;
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/;

/** A date as Excel counts days; undefined before 1900-03-01, after 9999 and for infinity, which it cannot hold. */
export function dateSerial(cell: string): number | undefined {
  return date.test(cell) ? held(dayOf(cell)) : undefined;
}

/** A time in UTC as days and their fraction, to the microsecond; undefined where Excel has none for it. */
export function timestampSerial(cell: string): number | undefined {
  if (!timestamp.test(cell)) return undefined;
  const seconds = two(cell, 11) * 3_600 + two(cell, 14) * 60 + Number(cell.slice(17, -1));
  return held(dayOf(cell) + seconds / 86_400);
}

function held(serial: number): number | undefined {
  return serial >= FIRST_SERIAL && serial < END_SERIAL ? serial : undefined;
}

function dayOf(cell: string): number {
  const year = two(cell, 0) * 100 + two(cell, 2);
  // Years before 100 would be taken for ones after 1900; they are far before the first that Excel has.
  if (year < 1900) return 0;
  return Date.UTC(year, two(cell, 5) - 1, two(cell, 8)) / DAY_MS + EPOCH_SERIAL;
}

function two(cell: string, at: number): number {
  return cell.charCodeAt(at) * 10 + cell.charCodeAt(at + 1) - 528;
}
