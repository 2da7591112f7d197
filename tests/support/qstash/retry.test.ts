import { describe, expect, it } from 'vitest';

import { serveRaw } from '#tests/support/servers.ts';

import { headerOf, queueAndClient, target } from './fixture.ts';
import { readMessage } from './message.ts';
import { retryDelayMs } from './retry-delay.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;

it('a failed message is delivered again under its id, with the count of retries', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target({ status: 500 }, { status: 302 }, { status: 204 });
  const { messageId } = await client.publishJSON({ url });
  await qstash.idle();
  expect(headerOf(received, 'upstash-retried')).toEqual(['0', '1', '2']);
  expect(headerOf(received, 'upstash-message-id')).toEqual([messageId, messageId, messageId]);
  expect(qstash.deadLetters()).toEqual([]);
});

it('a message is tried once and three times again when it does not say otherwise', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target({ status: 500 });
  await client.publishJSON({ url });
  await client.publishJSON({ url: `${url}/once`, retries: 0 });
  await qstash.idle();
  expect(received.filter(({ path }) => path === '/')).toHaveLength(4);
  expect(received.filter(({ path }) => path === '/once')).toHaveLength(1);
  expect(qstash.deadLetters()).toHaveLength(2);
});

it('489 with Upstash-NonRetryable-Error goes straight to the dead letters', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target({ status: 489, headers: { 'Upstash-NonRetryable-Error': 'true' } });
  await client.publishJSON({ url });
  await qstash.idle();
  expect(received).toHaveLength(1);
  expect(qstash.deadLetters()).toHaveLength(1);
});

it('489 without that header is retried', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target({ status: 489 }, { status: 200 });
  await client.publishJSON({ url });
  await qstash.idle();
  expect(received).toHaveLength(2);
});

it('a target that refuses connections is retried and then a dead letter with status 0', async () => {
  const { qstash, client } = await queueAndClient();
  await client.publishJSON({ url: 'http://127.0.0.1:1/', retries: 2 });
  await qstash.idle();
  expect(qstash.deliveries.map(({ retried, status }) => [retried, status])).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
  ]);
  expect(qstash.deadLetters()[0]?.answer).toMatchObject({ status: 0 });
});

it('a target that hangs is given up at the timeout and retried', async () => {
  const { qstash, client } = await queueAndClient();
  let connections = 0;
  const { url } = await serveRaw(() => {
    connections += 1;
  });
  await client.publishJSON({ url, timeout: '1s', retries: 1 });
  await qstash.idle();
  expect(connections).toBe(2);
  expect(qstash.deadLetters()[0]?.answer.body.toString()).toContain('timeout');
});

it('the next attempt is due when the expression says', async () => {
  const { qstash, client } = await queueAndClient({ retryDelayScale: 1, now: () => NOW });
  const { url } = await target({ status: 500 });
  const { messageId } = await client.publishJSON({ url, retryDelay: '(1 + retried) * 3600000' });
  await expect.poll(() => client.messages.get(messageId)).toMatchObject({ notBefore: NOW + HOUR_MS });
  expect(qstash.deliveries).toHaveLength(1);
});

it('the next attempt is due when the target says', async () => {
  const { client } = await queueAndClient({ retryDelayScale: 1, now: () => NOW });
  const { url } = await target({ status: 503, headers: { 'Retry-After': '90' } });
  const { messageId } = await client.publishJSON({ url, retryDelay: '1000' });
  await expect.poll(() => client.messages.get(messageId)).toMatchObject({ notBefore: NOW + 90_000 });
});

describe('the delay before a retry', () => {
  const delay = (retried: number, { expression, ...headers }: Record<string, string> = {}) => {
    const own: Record<string, string> = expression === undefined ? {} : { 'upstash-retry-delay': expression };
    const message = { ...readMessage('http://x/', own, Buffer.alloc(0), NOW), retried };
    const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    return Math.round(retryDelayMs(message, { status: 503, headers: lists, body: Buffer.alloc(0) }, NOW));
  };

  it('is e^(2.5n) seconds before the n-th retry, a day at most', () => {
    expect([0, 1, 2, 3, 4, 5].map((retried) => delay(retried))).toEqual([
      12_182, 148_413, 1_808_042, 22_026_466, 86_400_000, 86_400_000,
    ]);
  });

  it.each([
    ['1000', [1000, 1000, 1000]],
    ['1000 * (1 + retried)', [1000, 2000, 3000]],
    ['pow(2, retried) * 1000', [1000, 2000, 4000]],
    ['max(1000, pow(2, retried) * 300)', [1000, 1000, 1200]],
    ['round(sqrt(abs(0 - 16)) / 3 + floor(exp(0)) - ceil(0.2)) * min(7, 5)', [5, 5, 5]],
    ['10 - 2 - 3 * 2', [2, 2, 2]],
    ['-5', [0, 0, 0]],
    ['90000000', [86_400_000, 86_400_000, 86_400_000]],
  ])('follows the expression %s', (expression, expected) => {
    expect([0, 1, 2].map((retried) => delay(retried, { expression }))).toEqual(expected);
  });

  it.each([
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '10' }, 10_000],
    [{ 'retry-after': '6m5s' }, 365_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:02:00 GMT' }, 120_000],
    [{ 'x-ratelimit-reset': '1.5s' }, 1500],
    [{ 'retry-after': '86401' }, 12_182],
    [{ 'retry-after': 'later' }, 12_182],
    [{ 'retry-after': '10', expression: '1000' }, 10_000],
  ])('follows the headers %o', (headers, expected) => {
    expect(delay(0, headers as unknown as Record<string, string>)).toBe(expected);
  });

  it.each(['', '1 +', '(1', 'pow 2', 'pow()', '1 2', 'retries', '2 ** 3', 'constructor(1)'])(
    'cannot be the expression "%s"',
    (expression) => {
      expect(() => delay(0, { expression })).toThrow('invalid Upstash-Retry-Delay');
    },
  );
});
