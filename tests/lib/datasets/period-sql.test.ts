import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Period } from '#lib/datasets/period.ts';
import { periodBounds } from '#lib/datasets/period-sql.ts';
import { withLiterals } from '#lib/exports/statement.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await freshGround();
  // A clock that can be set, found before Postgres' own.
  await ground.admin.query(`create schema clock;
    create function clock.now() returns timestamptz language sql stable
      return current_setting('clock.now')::timestamptz;
    set search_path to clock, pg_catalog;
    set timezone to 'UTC'`);
});
afterAll(() => ground.close());

async function boundsAt(now: string, period: Period, zone: string, asDates = false): Promise<string[]> {
  const { from, before } = periodBounds(period, zone, asDates);
  await ground.admin.query(`select set_config('clock.now', $1, false)`, [now]);
  const { rows } = await ground.admin.query(
    withLiterals(sql`select ${from}::text as a, ${before}::text as b`),
  );
  return [rows[0].a, rows[0].b];
}

describe('a period', () => {
  // A Wednesday; 00:30 of the next day in Berlin.
  const now = '2026-04-15T22:30:45.5Z';
  it.each<[Period, string, [string, string]]>([
    [{ last: 7, unit: 'day' }, 'UTC', ['2026-04-09 00:00', '2026-04-16 00:00']],
    [{ last: 7, unit: 'day', includeCurrent: false }, 'UTC', ['2026-04-08 00:00', '2026-04-15 00:00']],
    [{ this: 'day' }, 'Europe/Berlin', ['2026-04-15 22:00', '2026-04-16 22:00']],
    [{ previous: 'day' }, 'Europe/Berlin', ['2026-04-14 22:00', '2026-04-15 22:00']],
    [{ this: 'month' }, 'Europe/Berlin', ['2026-03-31 22:00', '2026-04-30 22:00']],
    [{ previous: 'month' }, 'Europe/Berlin', ['2026-02-28 23:00', '2026-03-31 22:00']],
    [{ last: 3, unit: 'month', includeCurrent: false }, 'UTC', ['2026-01-01 00:00', '2026-04-01 00:00']],
    [{ this: 'week' }, 'UTC', ['2026-04-13 00:00', '2026-04-20 00:00']],
    [{ this: 'week', weekStart: 'sunday' }, 'UTC', ['2026-04-12 00:00', '2026-04-19 00:00']],
    [{ previous: 'quarter' }, 'UTC', ['2026-01-01 00:00', '2026-04-01 00:00']],
    [{ last: 2, unit: 'quarter' }, 'UTC', ['2026-01-01 00:00', '2026-07-01 00:00']],
    [{ this: 'year' }, 'America/New_York', ['2026-01-01 05:00', '2027-01-01 05:00']],
    [{ last: 2, unit: 'hour' }, 'UTC', ['2026-04-15 21:00', '2026-04-15 23:00']],
    [{ previous: 'hour' }, 'Asia/Kolkata', ['2026-04-15 21:30', '2026-04-15 22:30']],
    [{ last: 90, unit: 'minute', includeCurrent: false }, 'UTC', ['2026-04-15 21:00', '2026-04-15 22:30']],
  ])('%j of %s is from %j', async (period, zone, bounds) => {
    expect(await boundsAt(now, period, zone)).toEqual(bounds.map((bound) => `${bound}:00+00`));
  });

  it.each<[string, Period, string, [string, string]]>([
    ['2026-03-29T12:00:00Z', { this: 'day' }, 'Europe/Berlin', ['2026-03-28 23:00', '2026-03-29 22:00']],
    ['2026-10-25T12:00:00Z', { this: 'day' }, 'Europe/Berlin', ['2026-10-24 22:00', '2026-10-25 23:00']],
    ['2026-10-25T00:30:00Z', { this: 'hour' }, 'Europe/Berlin', ['2026-10-25 00:00', '2026-10-25 01:00']],
    [
      '2026-10-25T01:30:00Z',
      { last: 2, unit: 'hour' },
      'Europe/Berlin',
      ['2026-10-25 00:00', '2026-10-25 02:00'],
    ],
    ['2024-02-29T12:00:00Z', { last: 2, unit: 'year' }, 'UTC', ['2023-01-01 00:00', '2025-01-01 00:00']],
    ['2024-03-31T12:00:00Z', { previous: 'month' }, 'UTC', ['2024-02-01 00:00', '2024-03-01 00:00']],
    ['2026-01-01T00:00:00Z', { previous: 'week' }, 'UTC', ['2025-12-22 00:00', '2025-12-29 00:00']],
  ])('at %s, %j of %s is from %j, whatever the clocks do', async (now, period, zone, bounds) => {
    expect(await boundsAt(now, period, zone)).toEqual(bounds.map((bound) => `${bound}:00+00`));
  });

  it('of dates are those of the zone’s present day', async () => {
    expect(await boundsAt(now, { this: 'day' }, 'Europe/Berlin', true)).toEqual(['2026-04-16', '2026-04-17']);
    expect(await boundsAt(now, { this: 'day' }, 'UTC', true)).toEqual(['2026-04-15', '2026-04-16']);
    expect(await boundsAt(now, { last: 1, unit: 'week', weekStart: 'sunday' }, 'UTC', true)).toEqual([
      '2026-04-12',
      '2026-04-19',
    ]);
  });
});
