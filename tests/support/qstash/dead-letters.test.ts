import type { Client } from '@upstash/qstash';
import { expect, it } from 'vitest';

import { queueAndClient, type Received, receiver, target } from './fixture.ts';
import type { Qstash } from './server.ts';

/** Messages nobody took, and the target that will take them from now on. */
async function failed(
  count: number,
): Promise<{ qstash: Qstash; client: Client; received: Received[]; url: string }> {
  const { qstash, client } = await queueAndClient();
  const refusals = Array.from({ length: count }, () => ({
    status: 418,
    headers: { 'x-why': 'tea' },
    body: 'no',
  }));
  const { url, received } = await target(...refusals, { status: 200 });
  for (let n = 0; n < count; n += 1) {
    await client.publishJSON({ url: `${url}/${n}`, body: { n }, retries: 0 });
    await qstash.idle();
  }
  return { qstash, client, received, url };
}

it('a dead letter keeps the message and the last answer', async () => {
  const { client, url } = await failed(1);
  const { messages } = await client.dlq.listMessages();
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({
    url: `${url}/0`,
    body: '{"n":0}',
    header: { 'content-type': ['application/json'] },
    maxRetries: 0,
    responseStatus: 418,
    responseHeader: { 'x-why': ['tea'] },
    responseBody: 'no',
  });
});

it('dead letters are listed by page, by id and by filter', async () => {
  const { client, url } = await failed(3);
  const first = await client.dlq.listMessages({ count: 2 });
  const second = await client.dlq.listMessages({ count: 2, cursor: String(first.cursor) });
  const bodies = [...first.messages, ...second.messages].map(({ body }) => body);
  expect(bodies).toEqual(['{"n":0}', '{"n":1}', '{"n":2}']);
  expect(second.cursor).toBeUndefined();
  const dlqIds = [String(first.messages[1]?.dlqId)];
  expect((await client.dlq.listMessages({ dlqIds })).messages).toEqual([first.messages[1]]);
  const filter = { url: `${url}/2`, responseStatus: 418 };
  expect((await client.dlq.listMessages({ filter })).messages).toEqual(second.messages);
  await expect(client.dlq.listMessages({ filter: { label: 'x' } })).rejects.toMatchObject({ status: 400 });
});

it('a retried dead letter is a new message and leaves the dead letters', async () => {
  const { qstash, client, received } = await failed(2);
  const letter = (await client.dlq.listMessages()).messages[0];
  const { responses } = await client.dlq.retry(String(letter?.dlqId));
  await qstash.idle();
  expect(received).toHaveLength(3);
  expect(received[2]).toMatchObject({ path: '/0', body: '{"n":0}' });
  expect(received[2]?.headers['upstash-message-id']).toBe(responses[0]?.messageId);
  expect(responses[0]?.messageId).not.toBe(letter?.messageId);
  expect(qstash.deadLetters().map(({ message }) => message.body.toString())).toEqual(['{"n":1}']);
});

it('dead letters are deleted one by one or all in batches', async () => {
  const { qstash, client } = await failed(4);
  const first = (await client.dlq.listMessages()).messages[0];
  expect(await client.dlq.delete(String(first?.dlqId))).toEqual({ deleted: 1 });
  await expect(client.dlq.delete(String(first?.dlqId))).rejects.toMatchObject({ status: 404 });
  const batch = await client.dlq.delete({ all: true, count: 2 });
  expect(batch.deleted).toBe(2);
  expect(await client.dlq.delete({ all: true, count: 2, cursor: String(batch.cursor) })).toEqual({
    deleted: 1,
  });
  expect(qstash.deadLetters()).toEqual([]);
});

it('a dead letter is forgotten after three days', async () => {
  let passed = 0;
  const { qstash, client } = await queueAndClient({ now: () => Date.now() + passed });
  const { url } = await target({ status: 500 });
  const fail = async (body: string) => {
    await client.publish({ url, retries: 0, body });
    await qstash.idle();
  };
  await fail('old');
  passed = 3 * 86_400_000;
  await fail('new');
  expect(qstash.deadLetters().map(({ message }) => message.body.toString())).toEqual(['new']);
});

it('the failure callback is told, signed, once the retries are used up', async () => {
  const { qstash, client } = await queueAndClient();
  const { url } = await target({ status: 500, body: 'wörks not' });
  const callback = await target();
  const failureCallback = `${callback.url}/failed`;
  const { messageId } = await client.publishJSON({ url, failureCallback, body: { n: 1 }, retries: 1 });
  await qstash.idle();
  expect(callback.received).toHaveLength(1);
  const { headers, body } = callback.received[0] as Received;
  const signature = String(headers['upstash-signature']);
  expect(await receiver().verify({ url: failureCallback, body, signature })).toBe(true);
  expect(JSON.parse(body)).toMatchObject({
    status: 500,
    body: Buffer.from('wörks not').toString('base64'),
    retried: 1,
    maxRetries: 1,
    dlqId: qstash.deadLetters()[0]?.id,
    sourceMessageId: messageId,
    sourceBody: Buffer.from('{"n":1}').toString('base64'),
    url,
    method: 'POST',
  });
});

it('a failure callback has retries and headers of its own', async () => {
  const { qstash, client } = await queueAndClient();
  const { url } = await target({ status: 500 });
  const callback = await target({ status: 500 });
  const headers = { 'Upstash-Failure-Callback-Retries': '2', 'Upstash-Failure-Callback-Forward-X-Job': '7' };
  await client.publishJSON({ url, failureCallback: callback.url, retries: 0, headers });
  await qstash.idle();
  expect(callback.received.map((each) => each.headers['x-job'])).toEqual(['7', '7', '7']);
  expect(qstash.deadLetters()).toHaveLength(2);
});
