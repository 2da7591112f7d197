import { sql } from 'kysely';
import { isTimeZone } from '#lib/core/time-zone.ts';
import { dateCell, timestampCell, zonedTimestampCell } from '#lib/datasets/times.ts';
import { argument, type Call, quotedArgument, type SqlCallable, type SqlCallables } from './sql-callable.ts';
import { bound, type Sql, type SqlPart } from './sql-part.ts';

const MOST_SECONDS = 100 * 366 * 86_400;
const secondsIn: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1, ms: 0.001 };

/** What makes dates and times. Without a zone it is UTC. */
export const sqlTimes: SqlCallables = {
  now: { takes: [0, 0], form: 'now()', sql: () => time(sql`now()`) },
  timestamp: { takes: [1, 2], form: 'timestamp("2026-01-31T08:00", "Europe/Berlin")', sql: timeOf },
  date: { takes: [1, 2], form: 'date(time, "Europe/Berlin")', sql: dateOf },
  duration: { takes: [1, 1], form: 'duration("36h")', sql: durationOf },
};

/** The parts of a date or a time on a zone's clocks, counted as CEL counts them. */
export const sqlTimeMethods: SqlCallables = {
  getFullYear: part('getFullYear', (at) => sql`extract(year from ${at})`),
  getMonth: part('getMonth', (at) => sql`(extract(month from ${at}) - 1)`),
  getDate: part('getDate', (at) => sql`extract(day from ${at})`),
  getDayOfMonth: part('getDayOfMonth', (at) => sql`(extract(day from ${at}) - 1)`),
  getDayOfWeek: part('getDayOfWeek', (at) => sql`extract(dow from ${at})`),
  getDayOfYear: part('getDayOfYear', (at) => sql`(extract(doy from ${at}) - 1)`),
  getHours: part('getHours', (at) => sql`extract(hour from ${at})`),
  getMinutes: part('getMinutes', (at) => sql`extract(minute from ${at})`),
  getSeconds: part('getSeconds', (at) => sql`trunc(extract(second from ${at}))`),
  getMilliseconds: part('getMilliseconds', (at) => sql`(trunc(extract(milliseconds from ${at})) % 1000)`),
};

function time(value: Sql): SqlPart {
  return { kind: 'timestamp', value };
}

function zoneOf(call: Call, place: number): string {
  if (call.parts.length <= place) return 'UTC';
  const read = (text: string) => (isTimeZone(text) ? text : undefined);
  return quotedArgument(call, place, read, 'the name of a time zone is needed here, such as "Europe/Berlin"');
}

/** A text is a moment, on the zone's clocks where it has no offset; a date is its first moment there. */
function timeOf(call: Call): SqlPart {
  const zone = zoneOf(call, 1);
  const [given] = call.parts;
  if (given?.kind === 'date')
    return time(sql`(cast(${given.value} as timestamp) at time zone ${bound(zone, 'text')})`);
  if (given?.kind === 'timestamp') return time(given.value);
  const read = zone === 'UTC' ? timestampCell : zonedTimestampCell(zone);
  const cell = quotedArgument(
    call,
    0,
    cellBy(read),
    'a time in quotes is needed here, such as "2026-01-31T08:00:00Z"',
  );
  return time(bound(cell, 'timestamp'));
}

/** A text is a day; a time is the day that it is in the zone. */
function dateOf(call: Call): SqlPart {
  const zone = zoneOf(call, 1);
  if (call.parts[0]?.kind === 'timestamp') {
    const day = sql`cast((${argument(call, 0, 'timestamp')} at time zone ${bound(zone, 'text')}) as date)`;
    return { kind: 'date', value: day };
  }
  const cell = quotedArgument(
    call,
    0,
    cellBy(dateCell),
    'a time is needed here, or a day in quotes such as "2026-01-31"',
  );
  return { kind: 'date', value: bound(cell, 'date') };
}

function cellBy(read: (text: string) => unknown): (text: string) => string | undefined {
  return (text) => {
    const cell = read(text);
    return typeof cell === 'string' ? cell : undefined;
  };
}

function durationOf(call: Call): SqlPart {
  const seconds = quotedArgument(
    call,
    0,
    readDuration,
    'a duration in quotes of at most 100 years is needed here, of h, m, s and ms: "36h", "1h30m"',
  );
  return { kind: 'duration', value: bound(`${seconds} seconds`, 'duration') };
}

function readDuration(text: string): string | undefined {
  if (!/^-?(?:\d{1,9}(?:\.\d{1,6})?(?:h|ms|m|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)];
  const sum = parts.reduce(
    (total, [, count, unit = '']) => total + Number(count) * (secondsIn[unit] ?? 0),
    0,
  );
  return sum > MOST_SECONDS ? undefined : `${text.startsWith('-') ? '-' : ''}${sum.toFixed(6)}`;
}

function part(name: string, extracted: (at: Sql) => Sql): SqlCallable {
  return {
    takes: [1, 2],
    form: `time.${name}("Europe/Berlin")`,
    sql: (call) => {
      const value = argument(call, 0, 'timestamp', 'date');
      const zone = bound(zoneOf(call, 1), 'text');
      const isDate = call.parts[0]?.kind === 'date';
      const at = isDate ? sql`cast(${value} as timestamp)` : sql`(${value} at time zone ${zone})`;
      return { kind: 'number', value: extracted(at) };
    },
  };
}
