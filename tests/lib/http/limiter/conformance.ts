import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RateWindow } from '#lib/core/rate-window.ts';
import type { CallLog, Limit } from '#lib/http/limiter/call-log.ts';
import { limiterOn } from '#lib/http/limiter/limiter.ts';

/** A log of calls to be tried. */
interface Trial {
  readonly calls: CallLog;
  /** When each call of a key was taken, in milliseconds, as the log itself has it. */
  taken(key: string): Promise<number[]>;
  /** Takes away what the log is kept in. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const WORKERS = 50;
const LENGTHENED = 1.05;

/** A limit whose key nobody else has. */
function limitOf(...windows: RateWindow[]): Limit {
  return { key: `test:${randomUUID()}`, windows };
}

/** Less than a clock tells apart, and more than a sum of floats is off by. */
const TICK_MS = 0.001;

/** The most calls that fell into any stretch of so many milliseconds. */
function mostWithin(times: readonly number[], ms: number): number {
  const counts = times.map(
    (from) => times.filter((time) => time >= from && time < from + ms - TICK_MS).length,
  );
  return Math.max(0, ...counts);
}

/** The longest that a worker sleeps; told to wait longer, it goes. */
const PATIENCE_MS = 10_000;

/** Has 50 workers take calls, each waiting as it is told to, until all have gone or there are enough. */
async function work(limiter: CallLog, limit: Limit, enough = Number.POSITIVE_INFINITY): Promise<number> {
  let taken = 0;
  const over = new AbortController();
  const worker = async () => {
    while (taken < enough) {
      const wait = await limiter.take([limit]);
      if (wait > PATIENCE_MS) return;
      if (wait === 0) taken += 1;
      else await sleep(wait, undefined, { signal: over.signal }).catch(() => undefined);
      if (taken >= enough) over.abort();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return taken;
}

/** What every log of calls promises. */
export function describeLimiter(name: string, open: () => Promise<Trial>): void {
  describe(name, () => {
    let trial: Trial;
    let limiter: CallLog;
    beforeAll(async () => {
      trial = await open();
      limiter = limiterOn(trial.calls);
    });
    afterAll(() => trial.close());

    it('admits no call too many in any rolling window, with 50 workers at once', async () => {
      const windows = [
        { calls: 20, seconds: 0.4 },
        { calls: 100, seconds: 60 },
      ];
      const limit = limitOf(...windows);
      const taken = await work(limiter, limit);
      const times = await trial.taken(limit.key);
      expect({ taken, times: times.length }).toEqual({ taken: 100, times: 100 });
      for (const { calls, seconds } of windows) {
        expect(mostWithin(times, seconds * LENGTHENED * 1_000)).toBeLessThanOrEqual(calls);
      }
    });

    it('admits at least nine tenths of what the lengthened window allows while work waits', async () => {
      // Long windows: what a busy machine takes to wake the workers must be little beside them.
      const [calls, seconds, rounds] = [20, 5, 3];
      const limit = limitOf({ calls, seconds }, { calls: 1_000, seconds: 60 });
      await work(limiter, limit, calls * rounds);
      const times = (await trial.taken(limit.key)).slice(0, calls * rounds);
      const spent = (times.at(-1) ?? 0) - (times[0] ?? 0);
      const least = (rounds - 1) * seconds * LENGTHENED * 1_000;
      expect(least / spent).toBeGreaterThanOrEqual(0.9);
    });

    it('takes a call from all windows of all limits or from none', async () => {
      const wide = limitOf({ calls: 5, seconds: 60 });
      const narrow = limitOf({ calls: 3, seconds: 60 }, { calls: 4, seconds: 120 });
      const waits = await Promise.all(Array.from({ length: WORKERS }, () => limiter.take([wide, narrow])));
      expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
      expect(await trial.taken(wide.key)).toHaveLength(3);
      expect(await trial.taken(narrow.key)).toHaveLength(3);
      expect(await limiter.take([wide])).toBe(0);
    });

    it('never has two who ask for the same keys in another order wait for each other', async () => {
      const [one, two] = [limitOf({ calls: 500, seconds: 60 }), limitOf({ calls: 500, seconds: 60 })];
      const asked = Array.from({ length: WORKERS }, (_, n) => limiter.take(n % 2 ? [one, two] : [two, one]));
      expect(new Set(await Promise.all(asked))).toEqual(new Set([0]));
    });

    it('says how long to wait: until the call that is in the way has left the lengthened window', async () => {
      const limit = limitOf({ calls: 1, seconds: 100 });
      await limiter.take([limit]);
      const wait = await limiter.take([limit]);
      expect(wait).toBeGreaterThan(60_000);
      expect(wait).toBeLessThanOrEqual(105_000);
      expect(Number.isInteger(wait)).toBe(true);
    });

    it('can tell a wait of a month', async () => {
      const month = 31 * 86_400;
      const limit = limitOf({ calls: 1, seconds: month });
      await limiter.take([limit]);
      expect(await limiter.take([limit])).toBeGreaterThan(month * 1_000);
    });

    it('leaves other keys alone', async () => {
      const used = limitOf({ calls: 1, seconds: 60 });
      await limiter.take([used]);
      await limiter.close(used.key, 60_000);
      expect(await limiter.take([limitOf({ calls: 1, seconds: 60 })])).toBe(0);
    });

    it('admits nothing under a closed key, has it last as long as the longest word, and opens it again', async () => {
      const limit = limitOf();
      await limiter.close(limit.key, 3_000);
      await limiter.close(limit.key, 5);
      const wait = await limiter.take([limit]);
      expect(wait).toBeGreaterThan(5);
      expect(wait).toBeLessThanOrEqual(3_000);
      await sleep(wait);
      await expect.poll(() => limiter.take([limit])).toBe(0);
    });

    it('tells what is used, in the order asked, without using any', async () => {
      const limit = limitOf({ calls: 3, seconds: 60 }, { calls: 300, seconds: 3_600 });
      const unused = limitOf({ calls: 1, seconds: 1 });
      await limiter.take([limit]);
      await limiter.take([limit]);
      await limiter.close(limit.key, 30_000);
      const [use, none] = await limiter.use([limit, unused, limitOf()]);
      expect(none).toEqual({ closedMs: 0, windows: [{ used: 0, emptyMs: 0 }] });
      expect(use?.windows.map(({ used }) => used)).toEqual([2, 2]);
      for (const [index, { seconds }] of limit.windows.entries()) {
        const emptyMs = use?.windows[index]?.emptyMs ?? 0;
        expect(emptyMs).toBeGreaterThan(seconds * 1_000 * 0.5);
        expect(emptyMs).toBeLessThanOrEqual(seconds * 1_000 * LENGTHENED);
      }
      expect(use?.closedMs).toBeGreaterThan(0);
      expect(use?.closedMs).toBeLessThanOrEqual(30_000);
      expect(await trial.taken(limit.key)).toHaveLength(2);
    });

    it('forgets the calls of a key', async () => {
      const limit = limitOf({ calls: 1, seconds: 60 });
      await limiter.take([limit]);
      await limiter.forget(limit.key);
      expect(await limiter.take([limit])).toBe(0);
    });

    it('that does not answer admits nothing', async () => {
      await trial.kill();
      const limit = limitOf({ calls: 1, seconds: 60 });
      for (const ask of [
        () => limiter.take([limit]),
        () => limiter.take([limitOf()]),
        () => limiter.use([limit]),
      ]) {
        await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
      }
    });
  });
}
