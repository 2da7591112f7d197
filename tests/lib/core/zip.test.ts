import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Entry, zip } from '#lib/core/zip.ts';
import { unzip } from '#tests/support/unzip.ts';

async function* entriesOf(entries: readonly Entry[]) {
  yield* entries;
}

async function* bytesOf(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const madeAt = new Date('2026-01-31T08:00:00Z');

it('holds every file under its path, whether compressed or not', async () => {
  const entries = entriesOf([
    { path: 'state=AK/zip.csv', bytes: bytesOf('a,', 'b\n'), compress: true },
    { path: 'ünïcode.json', bytes: bytesOf(), compress: false },
  ]);
  const archive = Buffer.concat(await Array.fromAsync(zip(entries, { madeAt })));
  const files = [...(await unzip(archive))].map(([path, bytes]) => [path, bytes.toString()]);
  expect(files).toEqual([
    ['state=AK/zip.csv', 'a,b\n'],
    ['ünïcode.json', ''],
  ]);
});

it('throws what an entry throws', async () => {
  const broken = (async function* () {
    yield Buffer.from('half');
    throw new Error('the rows broke');
  })();
  const entries = entriesOf([{ path: 'a', bytes: broken, compress: true }]);
  await expect(Array.fromAsync(zip(entries, { madeAt }))).rejects.toThrow('the rows broke');
});

it('ends where its reader stops between two entries', async () => {
  let asked = 0;
  const entries = (async function* () {
    for (const path of ['a', 'b', 'c']) {
      asked += 1;
      // As a file that is begun only once the one before it has been stored.
      await setTimeout(20);
      yield { path, bytes: bytesOf('x'.repeat(100)), compress: false };
    }
  })();
  for await (const _ of zip(entries, { madeAt })) break;
  expect(asked).toBeLessThan(3);
});

it('ends its entry when the reader stops early', async () => {
  let ended = false;
  const endless = (async function* () {
    try {
      for (;;) yield Buffer.alloc(65_536, Math.random().toString());
    } finally {
      ended = true;
    }
  })();
  for await (const _ of zip(entriesOf([{ path: 'a', bytes: endless, compress: false }]), { madeAt })) break;
  await expect.poll(() => ended).toBe(true);
});
