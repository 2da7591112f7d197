import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { ask, refusalOf } from './ask.ts';

let ground: Ground;
/** Every half hour of the three days in which New York sets its clocks back in 2024, and forward. */
let changes: Dataset;
let days: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  const halfHours = (from: string) =>
    Array.from({ length: 144 }, (_, at) => new Date(Date.parse(from) + at * 1_800_000).toISOString());
  const times: CellText[][] = [
    ...halfHours('2024-11-02T00:00:00Z'),
    ...halfHours('2024-03-09T00:00:00Z'),
  ].map((time) => [time]);
  changes = await ground.dataset([{ name: 'at', type: 'timestamp' }], [...times, [null]]);
  const dates = ['2024-02-29', '2023-12-31', '2024-01-01', '2024-12-30', '0001-01-01', '9999-12-31', null];
  days = await ground.dataset(
    [{ name: 'day', type: 'date' }],
    dates.map((day) => [day]),
  );
});
afterAll(() => ground.close());

const zone = 'America/New_York';

async function counted(dataset: Dataset, field: string, bucket: object, filter?: object) {
  const { columns, rows } = await ask(ground, dataset, {
    groupBy: [{ field, bucket }],
    aggregates: [{ function: 'count' }],
    ...(filter && { filter }),
  });
  return { type: columns[0]?.type, name: columns[0]?.source, rows };
}

/** The same by the clock of a zone, as JavaScript's own tables have it. */
function localParts(time: string): { date: string; hour: string } {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const [date = '', clock = ''] = format.format(new Date(time)).split(' ');
  return { date, hour: clock.slice(0, 2) };
}

describe('buckets across a change of the clocks', () => {
  it('of a day hold the 25 or 23 hours that it had there', async () => {
    const { type, name, rows } = await counted(changes, 'at', { unit: 'day', zone });
    expect([type, name]).toEqual(['date', 'at_day']);
    expect(rows).toEqual([
      ['2024-03-08', '10'],
      ['2024-03-09', '48'],
      ['2024-03-10', '46'],
      ['2024-03-11', '40'],
      ['2024-11-01', '8'],
      ['2024-11-02', '48'],
      ['2024-11-03', '50'],
      ['2024-11-04', '38'],
      [null, '1'],
    ]);
  });

  it('of an hour are told apart where the clocks pass it twice', async () => {
    const { type, rows } = await counted(changes, 'at', { unit: 'hour', zone });
    expect(type).toBe('timestamp');
    const known = rows.slice(0, -1);
    expect(known.length).toBe(144);
    expect(known.every(([, count]) => count === '2')).toBe(true);
    const hours = known.map(([time]) => localParts(String(time))).filter(({ date }) => date === '2024-11-03');
    expect(hours.filter(({ hour }) => hour === '01').length).toBe(2);
  });

  it('agree with the calendar of the zone', async () => {
    const { rows } = await counted(
      changes,
      'at',
      { unit: 'day', zone },
      { field: 'at', op: 'isNull', value: false },
    );
    const byHand = new Map<string, number>();
    for (const from of ['2024-11-02T00:00:00Z', '2024-03-09T00:00:00Z']) {
      for (let at = 0; at < 144; at++) {
        const { date } = localParts(new Date(Date.parse(from) + at * 1_800_000).toISOString());
        byHand.set(date, (byHand.get(date) ?? 0) + 1);
      }
    }
    expect(rows).toEqual([...byHand].sort().map(([date, count]) => [date, String(count)]));
  });

  it('of an hour begin at the half where the zone does', async () => {
    const one = await ground.dataset([{ name: 'at', type: 'timestamp' }], [['2024-01-01T00:15:00Z']]);
    const { rows } = await counted(one, 'at', { unit: 'hour', zone: 'Asia/Kolkata' });
    expect(rows).toEqual([['2023-12-31T23:30:00Z', '1']]);
  });
});

describe('buckets at the ends of the years that a date can have', () => {
  it.each<[object, CellText[]]>([
    [{ unit: 'minute', zone }, ['0001-01-01T00:00:00Z', '9999-12-31T23:30:00Z', 'infinity']],
    [{ unit: 'day', zone }, ['0001-01-01', '9999-12-31', 'infinity']],
    [{ unit: 'day', zone: 'Asia/Tokyo' }, ['0001-01-01', '9999-12-31', 'infinity']],
    [{ unit: 'week', weekStart: 'sunday' }, ['0001-01-01', '9999-12-26', 'infinity']],
    [{ unit: 'month', zone }, ['0001-01-01', '9999-12-01', 'infinity']],
    [{ unit: 'year', zone: 'Asia/Tokyo' }, ['0001-01-01', '9999-01-01', 'infinity']],
  ])('by %j are within them', async (bucket, beginnings) => {
    const times = ['0001-01-01T00:00:00Z', '9999-12-31T23:30:00Z', 'infinity'];
    const ends = await ground.dataset(
      [{ name: 'at', type: 'timestamp' }],
      times.map((time) => [time]),
    );
    expect((await counted(ends, 'at', bucket)).rows.map(([begin]) => begin)).toEqual(beginnings);
  });

  it('say of a time before them what it is', async () => {
    const old = await ground.dataset([{ name: 'at', type: 'timestamp' }], [['0044-03-15 12:00Z BC']]);
    const { rows } = await counted(old, 'at', { unit: 'month' });
    expect(rows).toEqual([['0044-03-01 BC', '1']]);
  });
});

describe('buckets of dates', () => {
  it.each<[object, CellText[]]>([
    [
      { unit: 'day' },
      ['0001-01-01', '2023-12-31', '2024-01-01', '2024-02-29', '2024-12-30', '9999-12-31', null],
    ],
    [
      { unit: 'week' },
      ['0001-01-01', '2023-12-25', '2024-01-01', '2024-02-26', '2024-12-30', '9999-12-27', null],
    ],
    [
      { unit: 'week', weekStart: 'sunday' },
      ['0001-01-01', '2023-12-31', '2024-02-25', '2024-12-29', '9999-12-26', null],
    ],
    [
      { unit: 'month' },
      ['0001-01-01', '2023-12-01', '2024-01-01', '2024-02-01', '2024-12-01', '9999-12-01', null],
    ],
    [{ unit: 'quarter' }, ['0001-01-01', '2023-10-01', '2024-01-01', '2024-10-01', '9999-10-01', null]],
    [{ unit: 'year', zone }, ['0001-01-01', '2023-01-01', '2024-01-01', '9999-01-01', null]],
  ])('by %j begin on their first day', async (bucket, firstDays) => {
    const { type, rows } = await counted(days, 'day', bucket);
    expect(type).toBe('date');
    expect(rows.map(([day]) => day)).toEqual(firstDays);
  });

  it.each([
    [{ field: 'day', bucket: { unit: 'hour' } }, 'groupBy.0.bucket.unit'],
    [{ field: 'day', bucket: { unit: 'decade' } }, 'groupBy.0.bucket.unit'],
    [{ field: 'day', bucket: { unit: 'month', weekStart: 'sunday' } }, 'groupBy.0.bucket.weekStart'],
    [{ field: 'day', bucket: { unit: 'day', zone: 'Mars/Olympus' } }, 'groupBy.0.bucket.zone'],
  ])('asked for by %j are refused at %s', async (key, field) => {
    expect(await refusalOf(ground, days, { groupBy: [key] })).toHaveProperty([field]);
  });

  it('are not made of other types', async () => {
    const texts = await ground.dataset([{ name: 't', type: 'text' }], []);
    expect(
      await refusalOf(ground, texts, { groupBy: [{ field: 't', bucket: { unit: 'day' } }] }),
    ).toHaveProperty(['groupBy.0.bucket']);
  });
});
