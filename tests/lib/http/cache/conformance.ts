import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CacheStore, WORKSPACE_MAX_BYTES, WORKSPACE_MAX_ENTRIES } from '#lib/http/cache/store.ts';

/** A store to be tried. */
interface Trial {
  readonly store: CacheStore;
  newWorkspace(): Promise<string>;
  close(): Promise<void>;
}

const HOUR = 3_600;

/** What every store of the cache promises. */
export function describeCacheStore(name: string, open: () => Promise<Trial>): void {
  describe(name, () => {
    let trial: Trial;
    let store: CacheStore;
    beforeAll(async () => {
      trial = await open();
      store = trial.store;
    });
    afterAll(() => trial.close());

    async function newKey(workspaceId?: string) {
      return {
        workspaceId: workspaceId ?? (await trial.newWorkspace()),
        key: `connector:csv:${randomUUID()}`,
      };
    }

    /** Whether each of the keys is still there. */
    async function held(keys: readonly Awaited<ReturnType<typeof newKey>>[]): Promise<boolean[]> {
      const found: boolean[] = [];
      for (const key of keys) found.push((await store.get(key)) !== undefined);
      return found;
    }

    it.each([0, 1, 700_000])('keeps %i bytes as they are', async (length) => {
      const key = await newKey();
      const bytes = randomBytes(length);
      await store.put(key, bytes, HOUR);
      expect(Buffer.from((await store.get(key))?.bytes ?? []).equals(bytes)).toBe(true);
    });

    it('has nothing under a key that nothing was put under', async () => {
      expect(await store.get(await newKey())).toBeUndefined();
    });

    it('keeps the last that was put, and knows how old it is', async () => {
      const key = await newKey();
      await store.put(key, Buffer.from('first'), HOUR);
      await sleep(60);
      expect((await store.get(key))?.ageMs).toBeGreaterThanOrEqual(50);
      await store.put(key, Buffer.from('second'), HOUR);
      const found = await store.get(key);
      expect(Buffer.from(found?.bytes ?? []).toString()).toBe('second');
      expect(found?.ageMs).toBeGreaterThanOrEqual(0);
      expect(found?.ageMs).toBeLessThan(60_000);
    });

    it('gives nobody what is another workspace’s', async () => {
      const key = await newKey();
      await store.put(key, Buffer.from('theirs'), HOUR);
      expect(await store.get({ ...key, workspaceId: await trial.newWorkspace() })).toBeUndefined();
    });

    it('forgets an entry after its time', async () => {
      const key = await newKey();
      await store.put(key, Buffer.from('short'), 0.05);
      await sleep(80);
      expect(await store.get(key)).toBeUndefined();
    });

    it('drops the oldest of a workspace that has too many bytes, and of no other', async () => {
      const neighbour = await newKey();
      await store.put(neighbour, Buffer.from('old'), HOUR);
      const workspaceId = await trial.newWorkspace();
      const size = 700_000;
      const fit = Math.floor(WORKSPACE_MAX_BYTES / size);
      const keys: (typeof neighbour)[] = [];
      for (let n = 0; n < fit + 2; n += 1) {
        const key = await newKey(workspaceId);
        keys.push(key);
        await store.put(key, randomBytes(size), HOUR);
        await sleep(2);
      }
      expect(await held(keys)).toEqual([false, false, ...Array(fit).fill(true)]);
      expect(await held([neighbour])).toEqual([true]);
    });

    it('drops the oldest of a workspace that has too many entries', async () => {
      const workspaceId = await trial.newWorkspace();
      const oldest = await newKey(workspaceId);
      const putOne = async () => {
        const key = await newKey(workspaceId);
        await store.put(key, Buffer.from('x'), HOUR);
        return key;
      };
      await store.put(oldest, Buffer.from('x'), HOUR);
      await sleep(2);
      let put = 1;
      while (put < WORKSPACE_MAX_ENTRIES) {
        const batch = Math.min(50, WORKSPACE_MAX_ENTRIES - put);
        await Promise.all(Array.from({ length: batch }, putOne));
        put += batch;
      }
      expect(await held([oldest])).toEqual([true]);
      const newest = await putOne();
      expect(await held([oldest, newest])).toEqual([false, true]);
    });
  });
}
