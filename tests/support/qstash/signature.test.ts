import { expect, it } from 'vitest';

import { KEYS, queueAndClient, type Received, receiver, target } from './fixture.ts';
import { sign } from './signature.ts';

const URL = 'https://app.example/api/jobs/run';

function verified(url: string, { headers, body }: Received, keys = KEYS): Promise<boolean> {
  return receiver(keys).verify({ url, body, signature: String(headers['upstash-signature']) });
}

async function delivered(signWith: 'current' | 'next'): Promise<{ url: string; request: Received }> {
  const { qstash, client } = await queueAndClient();
  qstash.faults.signWith = signWith;
  const { url, received } = await target();
  await client.publishJSON({ url: `${url}/run?a=1`, body: { text: 'größer' } });
  await qstash.idle();
  return { url: `${url}/run?a=1`, request: received[0] as Received };
}

it('the receiver accepts a delivery signed with the current key', async () => {
  const { url, request } = await delivered('current');
  expect(await verified(url, request)).toBe(true);
});

it('the receiver accepts a delivery signed with the next key', async () => {
  const { url, request } = await delivered('next');
  expect(await verified(url, request)).toBe(true);
});

it('the next key is the one that stays when the keys are rotated', async () => {
  const rotated = { currentSigningKey: KEYS.nextSigningKey, nextSigningKey: 'sig_newest' };
  const after = await delivered('next');
  expect(await verified(after.url, after.request, rotated)).toBe(true);
  const before = await delivered('current');
  await expect(verified(before.url, before.request, rotated)).rejects.toThrow(
    'signature verification failed',
  );
});

it('the receiver refuses a changed body and another URL', async () => {
  const { url, request } = await delivered('current');
  await expect(verified(url, { ...request, body: '{}' })).rejects.toThrow('body hash does not match');
  await expect(verified(`${url}2`, request)).rejects.toThrow('invalid subject');
});

it('the receiver refuses a signature made with another key', async () => {
  const signature = await sign('sig_forged', URL, Buffer.from('{}'), Date.now());
  const verdict = receiver().verify({ signature, url: URL, body: '{}' });
  await expect(verdict).rejects.toThrow('signature verification failed');
});

it('a signature holds for five minutes', async () => {
  const key = KEYS.currentSigningKey;
  const own = receiver({ currentSigningKey: key, nextSigningKey: key });
  const signed = (ageMs: number) => sign(key, URL, Buffer.from('{}'), Date.now() - ageMs);
  expect(await own.verify({ signature: await signed(4 * 60_000), url: URL, body: '{}' })).toBe(true);
  const late = own.verify({ signature: await signed(5 * 60_000 + 1000), url: URL, body: '{}' });
  await expect(late).rejects.toThrow('"exp" claim');
});
