import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiverUrl } from '#lib/jobs/bell.ts';
import { type Ground, prepareGround } from './arrange.ts';
import { pagesJob } from './kinds.ts';

let ground: Ground;
beforeAll(async () => {
  process.env.JOBS_URL = 'http://jobs.internal/';
  ground = await prepareGround([pagesJob]);
  ground.queue.faults.holdDeliveries = true;
});
afterAll(() => ground.close());

it('where jobs have an address of their own, the queue delivers there, and a message for any other is refused', async () => {
  expect(receiverUrl()).toBe('http://jobs.internal/api/jobs/run');
  const jobId = await ground.queueSilently(pagesJob, { pages: 1, pagesPerSlice: 2 });
  expect((await ground.deliver({ jobId, seq: 0 })).status).toBe(401);
  expect(await ground.pagesOf(jobId)).toEqual([]);
  expect((await ground.deliver({ jobId, seq: 0 }, { url: receiverUrl() })).status).toBe(200);
  expect(await ground.pagesOf(jobId)).toEqual([1]);
});
