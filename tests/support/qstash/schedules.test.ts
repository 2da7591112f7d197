import { expect, it } from 'vitest';

import { queueAndClient, target } from './fixture.ts';

const MINUTE = Date.parse('2026-01-01T12:00:00Z');

/** A clock that stands still just before a minute, until it is told that the minute has come. */
function beforeTheMinute(): { now: () => number; strike: () => void } {
  let time = MINUTE - 20;
  return {
    now: () => time,
    strike: () => {
      time = MINUTE;
    },
  };
}

it('a schedule publishes its message when its minute comes', async () => {
  const { now, strike } = beforeTheMinute();
  const { qstash, client } = await queueAndClient({ now });
  const { url, received } = await target();
  const { scheduleId } = await client.schedules.create({
    destination: `${url}/sweep`,
    cron: '* * * * *',
    headers: { 'x-cron': 'yes' },
    body: '{}',
  });
  expect(qstash.messages()).toEqual([]);
  strike();
  await expect.poll(() => received).toHaveLength(1);
  await qstash.idle();
  expect(received[0]).toMatchObject({ method: 'POST', path: '/sweep', body: '{}' });
  expect(received[0]?.headers).toMatchObject({ 'x-cron': 'yes', 'upstash-schedule-id': scheduleId });
  expect(qstash.deliveries).toMatchObject([{ scheduleId, status: 200 }]);
});

it('a deleted schedule publishes nothing', async () => {
  const { now, strike } = beforeTheMinute();
  const { qstash, client } = await queueAndClient({ now });
  const { url, received } = await target();
  const gone = await client.schedules.create({ destination: `${url}/gone`, cron: '* * * * *' });
  await client.schedules.create({ destination: `${url}/kept`, cron: '* * * * *' });
  await client.schedules.delete(gone.scheduleId);
  strike();
  await expect.poll(() => received).not.toHaveLength(0);
  await qstash.idle();
  expect(received.map(({ path }) => path)).toEqual(['/kept']);
  await expect(client.schedules.delete(gone.scheduleId)).rejects.toMatchObject({ status: 404 });
});

it('a schedule of the same id replaces the earlier one', async () => {
  const { client } = await queueAndClient();
  const destination = 'http://127.0.0.1:9/';
  for (const cron of ['* * * * *', '0 4 * * *']) {
    expect(await client.schedules.create({ destination, cron, scheduleId: 'sweep' })).toEqual({
      scheduleId: 'sweep',
    });
  }
  const all = await client.schedules.list();
  expect(all.map(({ scheduleId, cron }) => [scheduleId, cron])).toEqual([['sweep', '0 4 * * *']]);
});

it.each([
  ['0 4 * * *', '2026-03-29T00:30:00Z', '2026-03-29T04:00:00Z'],
  ['CRON_TZ=Europe/Berlin 0 4 * * *', '2026-03-27T12:00:00Z', '2026-03-28T03:00:00Z'],
  ['CRON_TZ=Europe/Berlin 0 4 * * *', '2026-03-28T12:00:00Z', '2026-03-29T02:00:00Z'],
])('%s after %s runs at %s', async (cron, now, next) => {
  const { client } = await queueAndClient({ now: () => Date.parse(now) });
  const destination = 'http://127.0.0.1:9/';
  const { scheduleId } = await client.schedules.create({ destination, cron, retries: 1 });
  expect(await client.schedules.get(scheduleId)).toMatchObject({
    scheduleId,
    cron,
    destination,
    method: 'POST',
    retries: 1,
    isPaused: false,
    nextScheduleTime: Date.parse(next),
  });
});

it.each(['* * * * * *', '61 * * * *', 'now and then', 'CRON_TZ=Nowhere/Land 0 4 * * *'])(
  'the cron "%s" is refused',
  async (cron) => {
    const { client } = await queueAndClient();
    const creation = client.schedules.create({ destination: 'http://127.0.0.1:9/', cron });
    await expect(creation).rejects.toMatchObject({ status: 400 });
    expect(await client.schedules.list()).toEqual([]);
  },
);
