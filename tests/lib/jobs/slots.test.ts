import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { ring } from '#lib/jobs/bell.ts';
import { defineJob, type Priority } from '#lib/jobs/contract.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { PLACES } from '#lib/jobs/places.ts';
import { SLOTS } from '#lib/jobs/slots.ts';
import { signUp } from '#tests/support/people.ts';
import { type Ground, prepareGround } from './arrange.ts';

let atWork = 0;
let mostAtWork = 0;
/** Whose slices have begun, in their order. */
let begun: string[] = [];
let gate: Promise<void>;
let openGate: () => void;

/** Works so many slices, each until the gate is opened. */
const gated = defineJob({
  kind: 'gated',
  payloadVersion: 1,
  payload: z.object({ name: z.string(), slices: z.int() }),
  async slice({ jobId, payload }) {
    begun.push(payload.name);
    atWork += 1;
    mostAtWork = Math.max(mostAtWork, atWork);
    await gate;
    atWork -= 1;
    const { seq } = (await ground.jobRow(jobId)) as { seq: number };
    return seq + 1 < payload.slices ? { outcome: 'again' } : { outcome: 'done', result: null };
  },
});

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround([gated], { leaseMs: 60_000 });
});
afterAll(() => ground.close());
beforeEach(() => {
  mostAtWork = 0;
  begun = [];
  gate = new Promise((resolve) => {
    openGate = resolve;
  });
});

afterEach(async () => {
  openGate();
  await expect.poll(() => atWork).toBe(0);
  await ground.admin.query('delete from public.jobs');
});

interface Asked {
  readonly name: string;
  readonly jobs: number;
  readonly slices?: number;
  readonly priority?: Priority;
}

async function ask(
  session: Session,
  { name, jobs, slices = 1, priority = 'normal' }: Asked,
): Promise<string[]> {
  const ids = await asMember(session, async (tx) => {
    const queued: string[] = [];
    for (let n = 0; n < jobs; n += 1) {
      queued.push(await enqueue(tx, session, gated, { name, slices }, { priority }));
    }
    return queued;
  });
  for (const id of ids) await ring(id, 0);
  return ids;
}

async function allDone(jobs: readonly string[]): Promise<void> {
  for (const id of jobs) expect(await ground.jobDone(id)).toMatchObject({ status: 'completed' });
}

/** Waits until so many of the jobs are at work, or wait for that. */
async function begunOrWaiting(jobs: number): Promise<void> {
  const ofAll = async () => {
    const { rowCount } = await ground.admin.query('select from public.jobs where waiting_since is not null');
    return atWork + (rowCount ?? 0);
  };
  await expect.poll(ofAll).toBe(jobs);
}

describe('at once', () => {
  it('a workspace has so many jobs at work, and the others are rung for as those end', async () => {
    const jobs = await ask(ground.session, { name: 'a', jobs: 3 * SLOTS });
    await begunOrWaiting(jobs.length);
    expect(atWork).toBe(SLOTS);
    openGate();
    await allDone(jobs);
    expect(mostAtWork).toBe(SLOTS);
  });

  it('a process has so many jobs at work, however many workspaces ask', async () => {
    const jobs: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      jobs.push(...(await ask(await signUp(ground.admin), { name, jobs: SLOTS })));
    }
    await expect.poll(() => atWork).toBe(PLACES);
    await begunOrWaiting(jobs.length);
    openGate();
    await allDone(jobs);
    expect(mostAtWork).toBe(PLACES);
  });
});

describe('a workspace with a hundred jobs', () => {
  it('keeps one with two waiting for nothing', async () => {
    const many = await ask(ground.session, { name: 'many', jobs: 100 });
    await begunOrWaiting(100);
    const few = await ask(await signUp(ground.admin), { name: 'few', jobs: 2 });
    await begunOrWaiting(102);
    expect(begun).toEqual([...Array(SLOTS).fill('many'), 'few', 'few']);
    openGate();
    await allDone([...few, ...many]);
  });

  it('where others fill the process with it, lets those of one with two be next, whatever else goes on', async () => {
    const full = await ask(ground.session, { name: 'many', jobs: 100 });
    for (let n = 1; n < PLACES / SLOTS; n += 1) {
      full.push(...(await ask(await signUp(ground.admin), { name: 'many', jobs: SLOTS, slices: 10 })));
    }
    await expect.poll(() => atWork).toBe(PLACES);
    await begunOrWaiting(full.length);
    const few = await ask(await signUp(ground.admin), { name: 'few', jobs: 2 });
    await begunOrWaiting(full.length + 2);
    expect(begun).not.toContain('few');
    openGate();
    await allDone([...few, ...full]);
    // Before them are those that were at work already, and at most as many that were rung for at that moment.
    expect(begun.lastIndexOf('few')).toBeLessThan(2 * PLACES + 2);
  });
});

describe('of the jobs of one workspace that wait', () => {
  it('those of high priority are next, and those of low priority last', async () => {
    const jobs = await ask(ground.session, { name: 'first', jobs: SLOTS });
    await begunOrWaiting(SLOTS);
    for (const priority of ['low', 'normal', 'high'] as const) {
      jobs.push(...(await ask(ground.session, { name: priority, jobs: SLOTS, priority })));
    }
    await begunOrWaiting(4 * SLOTS);
    openGate();
    await allDone(jobs);
    const [high, normal, low] = ['high', 'normal', 'low'].map(meanPlace);
    expect(high).toBeLessThan(Number(normal));
    expect(normal).toBeLessThan(Number(low));
  });

  it('one of low priority that has waited long comes before those of high priority', async () => {
    const jobs = await ask(ground.session, { name: 'first', jobs: SLOTS });
    await begunOrWaiting(SLOTS);
    const low = await ask(ground.session, { name: 'low', jobs: 1, priority: 'low' });
    jobs.push(...low, ...(await ask(ground.session, { name: 'high', jobs: SLOTS, priority: 'high' })));
    await begunOrWaiting(2 * SLOTS + 1);
    await ground.admin.query("update jobs set due_at = due_at - interval '21 minutes' where id = $1", low);
    openGate();
    await allDone(jobs);
    expect(begun.indexOf('low')).toBeLessThan(begun.lastIndexOf('high'));
  });

  /** Two that are rung for at the same moment may come in either order. */
  function meanPlace(name: string): number {
    const places = begun.flatMap((each, place) => (each === name ? [place] : []));
    return places.reduce((sum, place) => sum + place, 0) / places.length;
  }
});
