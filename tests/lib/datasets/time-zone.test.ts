import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zonedTimestampCell } from '#lib/datasets/times.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

describe('a time without an offset is that of the zone’s clocks', () => {
  it.each([
    // Clocks go from 02:00 to 03:00: what they leave out is read by the clock before.
    ['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59Z'],
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
    ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
    // Clocks go from 03:00 back to 02:00: what they pass twice is meant the first time.
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z'],
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z'],
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00Z'],
    ['Asia/Kolkata', '2026-01-01T00:00:00', '2025-12-31T18:30:00Z'],
    ['America/New_York', '0001-01-01T00:00:00', '0001-01-01T04:56:02Z'],
    ['Asia/Tokyo', '9999-12-31T23:59:59', '9999-12-31T14:59:59Z'],
    ['UTC', '0099-12-31T00:00:00', '0099-12-31T00:00:00Z'],
  ])('in %s, %s is %s', (zone, local, instant) => {
    expect(zonedTimestampCell(zone)(local)).toBe(instant);
  });
});

describe('a local time', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.adminUrl);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('is the instant that Postgres has for it, unless the clocks pass it twice', async () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ];
    const instants = fc.date({
      min: new Date('1975-01-01'),
      max: new Date('2037-01-01'),
      noInvalidDate: true,
    });
    const given = fc.sample(fc.tuple(fc.constantFrom(...zones), instants), { numRuns: 2_000, seed: 7 });
    const { rows } = await client.query<{ local: string; instant: string; repeats: boolean }>(
      `select to_char(local, 'YYYY-MM-DD"T"HH24:MI:SS') as local,
         to_char(local at time zone zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as instant,
         (at - interval '1 hour') at time zone zone = local or (at + interval '1 hour') at time zone zone = local
         or (at - interval '30 minutes') at time zone zone = local
         or (at + interval '30 minutes') at time zone zone = local as repeats
       from unnest($1::text[], $2::timestamptz[]) with ordinality as given (zone, at, place),
         lateral (select date_trunc('second', at) at time zone zone as local) as l order by place`,
      [given.map(([zone]) => zone), given.map(([, at]) => at.toISOString().replace(/\.\d+Z/, 'Z'))],
    );
    const cells = rows.map(({ local }, place) => zonedTimestampCell(given[place]?.[0] ?? '')(local));
    const clear = rows.flatMap(({ repeats, instant }, place) => (repeats ? [] : [[cells[place], instant]]));
    expect(clear.length).toBeGreaterThan(1_900);
    for (const [cell, instant] of clear) expect(cell).toBe(instant);
  });
});
