import { expect, it } from 'vitest';

import { clientOf, queueAndClient, target } from './fixture.ts';

const HOUR_MS = 3_600_000;

it('a message reaches its target with its method, body, content type and forwarded headers', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target();
  const headers = { 'x-trace': 'abc' };
  const { messageId } = await client.publishJSON({
    url: `${url}/run?a=1`,
    method: 'PUT',
    headers,
    body: { jobId: 7 },
  });
  await qstash.idle();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: 'PUT', path: '/run?a=1', body: '{"jobId":7}' });
  expect(received[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-trace': 'abc',
    'user-agent': 'Upstash-QStash',
    'upstash-message-id': messageId,
    'upstash-retried': '0',
  });
});

it('the bearer token stays in the queue', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target();
  await client.publishJSON({ url, body: {} });
  await qstash.idle();
  expect(JSON.stringify(received)).not.toContain('secret');
});

it('a message goes out no earlier than its delay allows', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target();
  const published = Date.now();
  await client.publishJSON({ url, delay: '1s' });
  await qstash.idle();
  expect(received[0]?.at).toBeGreaterThanOrEqual(published + 1000);
});

it('a message goes out no earlier than its not-before second', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target();
  const notBefore = Math.ceil(Date.now() / 1000) + 1;
  await client.publishJSON({ url, notBefore });
  await qstash.idle();
  expect(received[0]?.at).toBeGreaterThanOrEqual(notBefore * 1000);
});

it('a message on its way can be read', async () => {
  const { client } = await queueAndClient({ now: () => 1_800_000_000_000 });
  const url = 'http://127.0.0.1:9/never';
  const { messageId } = await client.publishJSON({ url, delay: '1h', retries: 5, body: { a: 1 } });
  expect(await client.messages.get(messageId)).toMatchObject({
    messageId,
    url,
    method: 'POST',
    body: '{"a":1}',
    maxRetries: 5,
    createdAt: 1_800_000_000_000,
    notBefore: 1_800_000_000_000 + HOUR_MS,
  });
});

it('a cancelled message is gone and never delivered', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target();
  const { messageId } = await client.publishJSON({ url, delay: '1s' });
  expect(await client.messages.cancel(messageId)).toEqual({ cancelled: 1 });
  await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 });
  await client.publishJSON({ url: `${url}/later`, delay: '2s' });
  await qstash.idle();
  expect(received.map(({ path }) => path)).toEqual(['/later']);
});

it('messages can be cancelled by their ids or all together', async () => {
  const { qstash, client } = await queueAndClient();
  const publish = () => client.publishJSON({ url: 'http://127.0.0.1:9/', delay: '1h' });
  const [first, second] = await Promise.all([publish(), publish(), publish(), publish()]);
  expect(await client.messages.cancel([first.messageId, second.messageId, 'msg_x'])).toEqual({
    cancelled: 2,
  });
  expect(await client.messages.cancel({ all: true })).toEqual({ cancelled: 2 });
  expect(qstash.messages()).toEqual([]);
});

it('a repeated deduplication id is answered as before and swallowed', async () => {
  const { qstash, client } = await queueAndClient();
  const { url, received } = await target();
  const first = await client.publishJSON({ url, deduplicationId: 'job-1', body: 1 });
  await qstash.idle();
  const second = await client.publishJSON({ url, deduplicationId: 'job-1', body: 2 });
  await client.publishJSON({ url, deduplicationId: 'job-2', body: 3 });
  await qstash.idle();
  expect(second).toEqual({ messageId: first.messageId, deduplicated: true });
  expect(received.map(({ body }) => body)).toEqual(['1', '3']);
});

it('a deduplication id can be used again after ten minutes', async () => {
  let passed = 0;
  const { qstash, client } = await queueAndClient({ now: () => Date.now() + passed });
  const { url, received } = await target();
  const publish = () => client.publishJSON({ url, deduplicationId: 'job-1' });
  await publish();
  passed = 9 * 60_000;
  await publish();
  passed = 10 * 60_000;
  await publish();
  await qstash.idle();
  expect(received).toHaveLength(2);
});

it('a wrong token is answered 401 and nothing is sent', async () => {
  const { qstash } = await queueAndClient();
  const publish = clientOf(qstash, 'guess').publishJSON({ url: 'http://127.0.0.1:9/' });
  await expect(publish).rejects.toMatchObject({ status: 401 });
  expect(qstash.messages()).toEqual([]);
});

it.each([
  ['a destination without a scheme', 400, { url: 'example.com' }],
  ['a delay past seven days', 400, { url: 'http://x/', delay: '8d' as const }],
  ['a delay that is none', 400, { url: 'http://x/', delay: 'soon' as '1s' }],
  ['a retry delay that is no expression', 400, { url: 'http://x/', retryDelay: 'process.exit()' }],
  ['a failure callback that is no URL', 400, { url: 'http://x/', failureCallback: 'nowhere' }],
  ['a body past a megabyte', 413, { url: 'http://x/', body: 'x'.repeat(1_000_000) }],
  ['a callback, which the emulator lacks', 501, { url: 'http://x/', callback: 'http://x/' }],
])('%s is refused with %i', async (_, status, request) => {
  const { qstash, client } = await queueAndClient();
  await expect(client.publishJSON(request)).rejects.toMatchObject({ status });
  expect(qstash.messages()).toEqual([]);
});
