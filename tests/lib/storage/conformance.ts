import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from '#lib/storage/store.ts';

const MEGABYTE = 1024 * 1024;

/** Yields `chunks` random pieces of a megabyte and keeps what it gave; throws at the end if told to. */
export function source(chunks: number, failure?: Error) {
  const given: Buffer[] = [];
  async function* bytes() {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const piece = randomBytes(MEGABYTE);
      given.push(piece);
      yield piece;
    }
    if (failure) throw failure;
  }
  return { bytes: bytes(), all: () => Buffer.concat(given) };
}

async function read(store: ObjectStore, path: string): Promise<Buffer> {
  return buffer(await store.getStream(path));
}

/** What every driver promises; each test has a folder of its own. */
export function describeObjectStore(name: string, open: () => ObjectStore): void {
  describe(name, () => {
    let store: ObjectStore;
    let folder: string;
    beforeEach(() => {
      store = open();
      folder = `test/${randomBytes(8).toString('hex')}`;
    });

    function put(path: string, text: string): Promise<void> {
      return store.putStream(path, once(text), 'text/plain');
    }

    it.each([
      ['nothing', 0],
      ['a megabyte', 1],
      ['one part exactly', 8],
      ['many parts and a rest', 19],
    ])('keeps an object of %s, byte by byte', async (_, megabytes) => {
      const { bytes, all } = source(megabytes);
      await store.putStream(`${folder}/a.bin`, bytes, 'application/octet-stream');
      expect((await read(store, `${folder}/a.bin`)).equals(all())).toBe(true);
    });

    it('replaces an object', async () => {
      await put(`${folder}/a`, 'first, and longer');
      await put(`${folder}/a`, 'second');
      expect((await read(store, `${folder}/a`)).toString()).toBe('second');
    });

    it('lists a folder and those below it, and no neighbour', async () => {
      const inside = ['0', '1', 'deep/er/2', 'deep/3'].map((name) => `${folder}/run/${name}`);
      for (const path of [...inside, `${folder}/run-2/x`, `${folder}/other`]) await put(path, 'x');
      expect(await store.listObjects(`${folder}/run/`)).toEqual(inside.sort());
      expect(await store.listObjects(`${folder}/none/`)).toEqual([]);
    });

    it('removes objects, and minds none that is not there', async () => {
      const paths = Array.from({ length: 10 }, (_, index) => `${folder}/${index}`);
      for (const path of paths) await put(path, 'x');
      await store.removeObjects([...paths.slice(1), `${folder}/never`]);
      expect(await store.listObjects(`${folder}/`)).toEqual([`${folder}/0`]);
      await store.removeObjects([]);
    });

    it('says not_found of an object that is not there', async () => {
      await expect(store.getStream(`${folder}/none`)).rejects.toMatchObject({ code: 'not_found' });
    });

    it.each([
      ['before its first byte', 0],
      ['in its first part', 3],
      ['after several parts', 20],
    ])('a stream that fails %s throws its own error and leaves nothing', async (_, megabytes) => {
      const failure = new Error('the query broke');
      const upload = store.putStream(`${folder}/a`, source(megabytes, failure).bytes, 'text/plain');
      await expect(upload).rejects.toBe(failure);
      expect(await store.listObjects(`${folder}/`)).toEqual([]);
    });

    it.each([3, 20])(
      'the fence is asked when all %i MB are there and nothing is seen yet',
      async (megabytes) => {
        const { bytes, all } = source(megabytes);
        const seen: unknown[] = [];
        const beforeComplete = async () => {
          seen.push(all().length, await store.listObjects(`${folder}/`));
        };
        await store.putStream(`${folder}/a`, bytes, 'text/plain', { beforeComplete });
        expect(seen).toEqual([megabytes * MEGABYTE, []]);
        expect(await store.listObjects(`${folder}/`)).toEqual([`${folder}/a`]);
      },
    );

    it.each([3, 20])('a fence that refuses %i MB keeps the object that was there', async (megabytes) => {
      await put(`${folder}/a`, 'old');
      const lost = new Error('the lease is lost');
      const beforeComplete = () => Promise.reject(lost);
      const upload = store.putStream(`${folder}/a`, source(megabytes).bytes, 'text/plain', {
        beforeComplete,
      });
      await expect(upload).rejects.toBe(lost);
      expect((await read(store, `${folder}/a`)).toString()).toBe('old');
    });

    it('an aborted upload throws the reason and leaves nothing', async () => {
      const abort = new AbortController();
      const reason = new Error('cancelled');
      async function* endless() {
        for (let chunk = 0; ; chunk++) {
          if (chunk === 20) abort.abort(reason);
          yield new Uint8Array(MEGABYTE);
        }
      }
      const upload = store.putStream(`${folder}/a`, endless(), 'text/plain', { signal: abort.signal });
      await expect(upload).rejects.toBe(reason);
      expect(await store.listObjects(`${folder}/`)).toEqual([]);
    });

    it('a signed upload takes a file from someone who has nothing but the link', async () => {
      const path = `${folder}/file.csv`;
      const { url, method, headers } = await store.signUpload(path);
      const answer = await fetch(url, { method, headers, body: 'a,b\n1,2\n' });
      expect(answer.ok).toBe(true);
      expect((await read(store, path)).toString()).toBe('a,b\n1,2\n');
    });

    it('a signed upload is for its own path alone', async () => {
      const { url, method, headers } = await store.signUpload(`${folder}/mine`);
      const other = url
        .replace('/mine', '/other')
        .replace(/token=[^&]+/, 'token=forged')
        .replace(/X-Amz-Signature=\w+/, '');
      expect((await fetch(other, { method, headers, body: 'x' })).ok).toBe(false);
      expect(await store.listObjects(`${folder}/`)).toEqual([]);
    });
  });
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
