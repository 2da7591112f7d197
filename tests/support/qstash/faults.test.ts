import { expect, it } from 'vitest';

import { serveRaw } from '#tests/support/servers.ts';

import { headerOf, queueAndClient, target } from './fixture.ts';

it('a duplicated message arrives twice at once under one id', async () => {
  const { qstash, client } = await queueAndClient();
  qstash.faults.duplicateAtOnce = 1;
  const { url, received } = await target();
  const { messageId } = await client.publishJSON({ url });
  await qstash.idle();
  expect(headerOf(received, 'upstash-message-id')).toEqual([messageId, messageId]);
  expect(headerOf(received, 'upstash-retried')).toEqual(['0', '0']);
});

it('a message can be repeated after it was taken', async () => {
  const { qstash, client } = await queueAndClient();
  qstash.faults.duplicateAfterAnswer = 1;
  const { url, received } = await target({ status: 200 }, { status: 500 });
  await client.publishJSON({ url });
  await qstash.idle();
  expect(headerOf(received, 'upstash-retried')).toEqual(['0', '0']);
  expect(qstash.deadLetters()).toEqual([]);
});

it('a rate hits the attempts that chance picks', async () => {
  const draws = [0.9, 0.2, 0.9, 0.9];
  const { qstash, client } = await queueAndClient({ random: () => draws.shift() ?? 0.9 });
  qstash.faults.duplicateAtOnce = 0.5;
  const { url, received } = await target();
  await client.publishJSON({ url });
  await qstash.idle();
  expect(received).toHaveLength(2);
  await client.publishJSON({ url });
  await qstash.idle();
  expect(received).toHaveLength(3);
});

it('a lost answer makes the target do the work again, as a retry', async () => {
  const { qstash, client } = await queueAndClient();
  qstash.faults.loseAnswer = 1;
  const { url, received } = await target();
  await client.publishJSON({ url, retries: 1 });
  await qstash.idle();
  expect(headerOf(received, 'upstash-retried')).toEqual(['0', '1']);
  expect(qstash.deliveries.map(({ status }) => status)).toEqual([200, 200]);
  expect(qstash.deadLetters()[0]?.answer.status).toBe(0);
});

it('a connection lost before the target counts as a failed attempt', async () => {
  const { qstash, client } = await queueAndClient();
  qstash.faults.dropBeforeTarget = 1;
  const { url, received } = await target();
  await client.publishJSON({ url, retries: 2 });
  await qstash.idle();
  expect(received).toEqual([]);
  expect(qstash.deadLetters()[0]?.message.retried).toBe(2);
});

it('a slow queue delivers late', async () => {
  const { qstash, client } = await queueAndClient();
  qstash.faults.slowByMs = 300;
  const { url, received } = await target();
  const published = Date.now();
  await client.publishJSON({ url });
  await qstash.idle();
  // A timer may fire a millisecond early.
  expect(received[0]?.at).toBeGreaterThanOrEqual(published + 299);
});

it.each(['unavailable', 'refusing'] as const)(
  'an API that is %s takes nothing, and works again later',
  async (api) => {
    const { qstash, client } = await queueAndClient();
    const { url, received } = await target();
    qstash.faults.api = api;
    const failure = api === 'unavailable' ? { status: 503 } : { message: 'fetch failed' };
    await expect(client.publishJSON({ url, body: 1 })).rejects.toMatchObject(failure);
    qstash.faults.api = 'up';
    await client.publishJSON({ url, body: 2 });
    await qstash.idle();
    expect(received.map(({ body }) => body)).toEqual(['2']);
  },
);

it('held messages are accepted, kept and delivered when the hold ends', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target();
  qstash.faults.holdDeliveries = true;
  for (const body of [1, 2, 3]) await client.publishJSON({ url, body });
  expect(qstash.messages()).toHaveLength(3);
  expect(received).toEqual([]);
  qstash.faults.holdDeliveries = false;
  await qstash.idle();
  expect(received.map(({ body }) => body).sort()).toEqual(['1', '2', '3']);
});

it('close ends a delivery that hangs, and what waits is never sent', async () => {
  const { qstash, client } = await queueAndClient();
  let open = 0;
  const { url } = await serveRaw((socket) => {
    open += 1;
    socket.resume().on('close', () => {
      open -= 1;
    });
  });
  await client.publishJSON({ url });
  await client.publishJSON({ url, delay: '1h' });
  await client.schedules.create({ destination: url, cron: '* * * * *' });
  await expect.poll(() => open).toBe(1);
  await qstash.close();
  await expect.poll(() => open).toBe(0);
  expect(qstash.messages()).toEqual([]);
  expect(qstash.deadLetters()).toEqual([]);
  await expect(client.publishJSON({ url })).rejects.toThrow('fetch failed');
});

it('a port in use is an error', async () => {
  const { qstash } = await queueAndClient();
  const port = Number(new URL(qstash.url).port);
  await expect(queueAndClient({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
