import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { SLOTS } from '#lib/jobs/claim.ts';
import { defineJob } from '#lib/jobs/contract.ts';
import { type Ground, prepareGround } from './arrange.ts';

let atWork = 0;
let mostAtWork = 0;
let gate: Promise<void>;
let openGate: () => void;

/** Works until the gate is opened. */
const gated = defineJob({
  kind: 'gated',
  payloadVersion: 1,
  payload: z.unknown(),
  async slice() {
    atWork += 1;
    mostAtWork = Math.max(mostAtWork, atWork);
    await gate;
    atWork -= 1;
    return { outcome: 'done', result: null };
  },
});

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround([gated]);
});
afterAll(() => ground.close());

it('a workspace has so many jobs at work at once, and the others are rung for as those end', async () => {
  gate = new Promise((resolve) => {
    openGate = resolve;
  });
  const jobs: string[] = [];
  for (let index = 0; index < 3 * SLOTS; index += 1) jobs.push(await ground.start(gated, null));
  await expect.poll(() => atWork, { timeout: 20_000 }).toBe(SLOTS);
  await sleep(500);
  expect(atWork).toBe(SLOTS);
  openGate();
  for (const id of jobs) expect(await ground.jobDone(id, 30_000)).toMatchObject({ status: 'completed' });
  expect(mostAtWork).toBe(SLOTS);
});
