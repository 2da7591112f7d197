import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { sweep } from '#lib/jobs/sweep.ts';
import { startWorker, type Worker } from '#tests/support/worker.ts';
import type { DeathPoint } from '#tests/support/worker-death.ts';
import { fast, type Ground, prepareGround } from './arrange.ts';
import { pagesJob } from './kinds.ts';

const orders = { kindsModule: join(import.meta.dirname, 'kinds.ts'), timings: { ...fast, maxAttempts: 50 } };

/** Each death costs a start of Node, which a busy machine takes its time over. */
const TIMEOUT_MS = 120_000;
const PATIENCE_MS = 100_000;

let worker: Worker;
let ground: Ground;
beforeAll(async () => {
  worker = await startWorker();
  ground = await prepareGround([], { receiver: worker, pooled: true });
});
afterAll(() => ground.close());
beforeEach(() => {
  Object.assign(ground.queue.faults, quiet);
  vi.spyOn(console, 'error').mockReturnValue();
});

const quiet = { api: 'up', holdDeliveries: false, duplicateAtOnce: 0, duplicateAfterAnswer: 0 };

/** What Vercel's cron or a schedule of the queue does, sixty times as often. */
function keepSweeping(): void {
  const over = new AbortController();
  onTestFinished(() => over.abort());
  void (async () => {
    while (!over.signal.aborted) {
      await sweep(fast);
      await sleep(1_000);
    }
  })();
}

const upTo = (pages: number) => Array.from({ length: pages }, (_, index) => index + 1);

describe('a worker that is killed', { timeout: TIMEOUT_MS }, () => {
  const points: [DeathPoint, number, string][] = [
    ['slice', 2, 'before its slice'],
    ['hold', 3, 'before it writes a page'],
    ['commit', 3, 'before a page is committed'],
    ['end', 1, 'after its slice'],
    ['committed', 1, 'after a page is committed'],
    ['ring', 1, 'before it rings the next turn'],
    ['rung', 1, 'after it has rung the next turn'],
    ['answer', 1, 'before it answers'],
    ['answer', 3, 'after the job is done'],
  ];
  it.each(points)('at %s %i, %s, leaves a job that ends with every page written once', async (point, nth) => {
    await worker.obey({ ...orders, killAt: [{ point, nth }] });
    const jobId = await ground.start(pagesJob, { pages: 5, pagesPerSlice: 2 });
    expect(await ground.jobDone(jobId, PATIENCE_MS)).toMatchObject({
      status: 'completed',
      result: { pages: 5 },
    });
    await ground.queue.idle();
    expect(worker.deaths()).toBe(1);
    expect(await ground.pagesOf(jobId)).toEqual(upTo(5));
  });

  it('after every page loses none of them, without a sweeper', async () => {
    await worker.obey({ ...orders, killAt: { point: 'commit', nth: 2 } });
    const jobId = await ground.start(pagesJob, { pages: 3, pagesPerSlice: 9 });
    expect(await ground.jobDone(jobId, PATIENCE_MS)).toMatchObject({ status: 'completed', seq: 1 });
    expect(worker.deaths()).toBe(2);
    expect(await ground.pagesOf(jobId)).toEqual(upTo(3));
  });

  it('in every try, before it gets anywhere, leaves a dead letter that says so', async () => {
    await worker.obey({ ...orders, timings: fast, killAt: { point: 'hold', nth: 1 } });
    keepSweeping();
    const jobId = await ground.start(pagesJob, { pages: 1, pagesPerSlice: 1 });
    const job = await ground.jobDone(jobId, PATIENCE_MS);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'internal' }, attempts: 3 });
    expect(job.error?.message).toContain('cut off');
    expect(worker.deaths()).toBe(3);
  });
});

describe('every job ends, with every page written once,', { timeout: TIMEOUT_MS }, () => {
  const startMany = (jobs: number, pages: number) =>
    Promise.all(upTo(jobs).map(() => ground.start(pagesJob, { pages, pagesPerSlice: 2 })));

  async function expectAllDone(jobIds: readonly string[], pages: number): Promise<void> {
    for (const jobId of jobIds) {
      expect(await ground.jobDone(jobId, PATIENCE_MS)).toMatchObject({ status: 'completed' });
      expect(await ground.pagesOf(jobId)).toEqual(upTo(pages));
    }
  }

  it('when every message comes twice', async () => {
    await worker.obey(orders);
    Object.assign(ground.queue.faults, { duplicateAtOnce: 1, duplicateAfterAnswer: 1 });
    await expectAllDone(await startMany(5, 5), 5);
  });

  it('when the queue is down as they are queued', async () => {
    await worker.obey(orders);
    keepSweeping();
    ground.queue.faults.api = 'unavailable';
    const jobIds = await startMany(5, 5);
    await sleep(1_500);
    expect(await ground.jobRow(jobIds[0] ?? '')).toMatchObject({ status: 'queued', seq: 0 });
    ground.queue.faults.api = 'up';
    await expectAllDone(jobIds, 5);
  });

  it('when the queue goes down while they run', async () => {
    await worker.obey(orders);
    keepSweeping();
    const jobIds = await startMany(5, 9);
    ground.queue.faults.api = 'refusing';
    await sleep(1_500);
    ground.queue.faults.api = 'up';
    await expectAllDone(jobIds, 9);
  });

  it('when half the messages come twice and a third of the slices are killed', async () => {
    await worker.obey({ ...orders, killRates: { slice: 0.05, hold: 0.05, commit: 0.05, end: 0.05 } });
    keepSweeping();
    Object.assign(ground.queue.faults, { duplicateAtOnce: 0.25, duplicateAfterAnswer: 0.25 });
    await expectAllDone(await startMany(10, 5), 5);
    expect(worker.deaths()).toBeGreaterThan(2);
  });
});
