import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import { defineJob, type JobKind } from '#lib/jobs/contract.ts';
import { type Ground, prepareGround } from './arrange.ts';

let slices = 0;
/** What has followed a job: its payload. */
const followed: unknown[] = [];

/** A job of two slices, the second of which fails where it is told to. */
const followedJob: JobKind<unknown, unknown> = defineJob({
  kind: 'followed',
  payloadVersion: 1,
  payload: z.object({ fails: z.boolean() }),
  async slice({ payload }) {
    slices += 1;
    if (slices === 1) return { outcome: 'again' };
    if (payload.fails) throw new EntrepotError('DATA_ERROR', 'It holds no data.');
    return { outcome: 'done', result: null };
  },
  async after({ payload }) {
    followed.push(payload);
    throw new Error('what follows a job has no part in how it ended');
  },
}) as JobKind<unknown, unknown>;

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround([followedJob]);
});
afterAll(() => ground.close());

it.each([
  ['completed', false],
  ['failed', true],
])(
  'a job that has %s is followed once by what its kind does then, whatever comes of that',
  async (status, fails) => {
    slices = 0;
    followed.length = 0;
    const { id } = await ground.jobDone(await ground.start(followedJob, { fails }));
    while (followed.length === 0) await sleep(20);
    await sleep(100);
    expect(followed).toEqual([{ fails }]);
    expect(await ground.jobRow(id)).toMatchObject({ status });
  },
);
