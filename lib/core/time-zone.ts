/** Not `+03:00`, which `Intl` would take as well: it keeps no summer time. */
const ZONE_NAME = /^[A-Za-z_]+(\/[\w+-]+)*$/;

/** Whether there is an IANA time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    return ZONE_NAME.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many hours are remembered for a zone; the rows of a table lie close together. */
const MOST_HOURS = 20_000;

/**
 * Turns a zone's local time into the instant, both in milliseconds as if the local time were UTC. An hour that the
 * clocks pass twice is meant the first time; one that they leave out is read by the clock before it, so that 02:30
 * is 03:30. (As RFC 5545 has it.)
 */
export function localTimeReader(zone: string): (local: number) => number {
  const offsetAt = offsetReader(zone);
  return (local) => {
    const before = offsetAt(local - DAY_MS);
    const after = offsetAt(local + DAY_MS);
    if (before === after) return local - before;
    const instants = [local - before, local - after].filter(
      (instant) => instant + offsetAt(instant) === local,
    );
    return instants.length > 0 ? Math.min(...instants) : local - before;
  };
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetReader(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const exact = (instant: number) => offsetMs(format.format(instant));
  const ofHour = new Map<number, number>();
  return (instant) => {
    const hour = Math.floor(instant / HOUR_MS);
    const known = ofHour.get(hour);
    if (known !== undefined) return known;
    const start = exact(hour * HOUR_MS);
    if (start !== exact((hour + 1) * HOUR_MS - 1)) return exact(instant);
    if (ofHour.size === MOST_HOURS) ofHour.clear();
    ofHour.set(hour, start);
    return start;
  };
}

/** `1/1/2026, GMT+05:30`; seconds where a zone had no even minutes. */
function offsetMs(text: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(text) ?? [];
  const ms = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -ms : ms;
}
