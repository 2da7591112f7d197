import { randomBytes } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { deflater } from '#lib/exports/formats/pdf/deflater.ts';

it('deflates each text by itself, however long it is', async () => {
  const deflate = deflater();
  for (const text of [
    Buffer.from('one'),
    randomBytes(1_000_000),
    Buffer.alloc(0),
    Buffer.alloc(300_000, 'two '),
  ]) {
    expect(inflateSync(await deflate(text)).equals(text)).toBe(true);
  }
});

it('gives the same bytes for the same text, whatever came before', async () => {
  const deflate = deflater();
  const first = await deflate(Buffer.from('the same'));
  await deflate(Buffer.from('another'));
  expect(await deflate(Buffer.from('the same'))).toEqual(first);
});
