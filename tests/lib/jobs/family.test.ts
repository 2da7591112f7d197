import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { ring } from '#lib/jobs/bell.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { ofChildren } from '#lib/jobs/children.ts';
import { defineJob } from '#lib/jobs/contract.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { getJob, listJobs } from '#lib/jobs/jobs.ts';
import { retryJob } from '#lib/jobs/retry.ts';
import { join, signUp } from '#tests/support/people.ts';
import { type Ground, prepareGround } from './arrange.ts';

/** The parts whose slices have begun, in their order, and those that are to fail. */
let begun: string[] = [];
let failing: string[] = [];
let gate: Promise<void> = Promise.resolve();
let open = (): void => {};

const part = defineJob({
  kind: 'part',
  payloadVersion: 1,
  payload: z.object({ name: z.string() }),
  async slice({ payload: { name }, signal }) {
    begun.push(name);
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
    await Promise.race([gate, aborted]);
    signal.throwIfAborted();
    if (failing.includes(name)) throw new EntrepotError('invalid', `${name} cannot be done.`);
    return { outcome: 'done', result: name };
  },
});
const whole = defineJob({
  kind: 'whole',
  payloadVersion: 1,
  payload: z.null(),
  async slice() {
    begun.push('whole');
    if (failing.includes('whole')) throw new EntrepotError('invalid', 'The whole cannot be done.');
    return { outcome: 'done', result: 'whole' };
  },
});

let ground: Ground;
let viewer: Session;
beforeAll(async () => {
  ground = await prepareGround([part, whole]);
  const { userId } = await signUp(ground.admin);
  viewer = await join(ground.admin, userId, ground.session.workspaceId, 'viewer');
});
afterAll(() => ground.close());
beforeEach(() => {
  begun = [];
  failing = [];
  gate = Promise.resolve();
});
// Whatever a test has found: nothing could end while a part is kept at work.
afterEach(() => open());

/** Keeps the parts at work until it is opened. */
function closeGate(): void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  open = resolve;
}

type Order = 'parallel' | 'sequence';

/** Queues a job with parts `a`, `b` and `c`, and rings for those that may begin; gives its id and theirs. */
async function start(order: Order): Promise<{ id: string; parts: readonly [string, string, string] }> {
  const ids = await asMember(ground.session, async (tx) => {
    const parentId = await enqueue(tx, ground.session, whole, null, { awaitsChildren: true });
    const made = [parentId];
    for (const name of ['a', 'b', 'c']) {
      const dependsOn = order === 'sequence' ? made.slice(1).slice(-1) : [];
      made.push(await enqueue(tx, ground.session, part, { name }, { parentId, dependsOn }));
    }
    return made;
  });
  const [id, ...parts] = ids as [string, string, string, string];
  for (const part of order === 'sequence' ? parts.slice(0, 1) : parts) await ring(part, 0);
  return { id, parts };
}

async function statesOf(jobs: readonly string[]): Promise<string[]> {
  return Promise.all(jobs.map(async (id) => (await ground.jobDone(id)).status));
}

describe('the parts of a job', () => {
  it('that depend on one another are done in that order, and the whole after them', async () => {
    const { id, parts } = await start('sequence');
    expect(await statesOf([id, ...parts])).toEqual(Array(4).fill('completed'));
    expect(begun).toEqual(['a', 'b', 'c', 'whole']);
  });

  it('that do not are done whatever becomes of each, and the whole last', async () => {
    failing = ['b'];
    const { id, parts } = await start('parallel');
    expect(await statesOf([id, ...parts])).toEqual(['completed', 'completed', 'failed', 'completed']);
    expect(begun.slice(0, 3).sort()).toEqual(['a', 'b', 'c']);
    expect(begun.slice(3)).toEqual(['whole']);
    expect(await getJob(viewer, id)).toMatchObject({
      children: { total: 3, completed: 2, failed: 1, cancelled: 0 },
    });
  });

  it('of which one fails keep those that depend on it from being begun, and they say why', async () => {
    failing = ['a'];
    const { id, parts } = await start('sequence');
    expect(await statesOf([id, ...parts])).toEqual(['completed', 'failed', 'cancelled', 'cancelled']);
    expect(begun).toEqual(['a', 'whole']);
    const errors = await Promise.all(parts.map(async (part) => (await getJob(viewer, part)).error?.message));
    expect(errors).toEqual([
      'a cannot be done.',
      'This was not begun: a job that had to be completed first has failed.',
      'This was not begun: a job that had to be completed first was cancelled.',
    ]);
  });

  it('are cancelled with it, those at work and those that wait, and it ends after them', async () => {
    closeGate();
    const { id, parts } = await start('sequence');
    await expect.poll(() => begun).toEqual(['a']);
    await cancelJob(ground.session, id);
    expect(await statesOf([id, ...parts])).toEqual(Array(4).fill('cancelled'));
    expect(begun).toEqual(['a']);
    const ended = await Promise.all(
      [id, ...parts].map(async (job) => (await getJob(viewer, job)).completedAt),
    );
    expect(ended[0]).toBe([...ended].sort().at(-1));
  });

  it('may be cancelled one by one, and the others go on', async () => {
    closeGate();
    const { id, parts } = await start('sequence');
    await cancelJob(ground.session, parts[1]);
    expect(await statesOf(parts.slice(1))).toEqual(['cancelled', 'cancelled']);
    open();
    expect(await statesOf([id, parts[0]])).toEqual(['completed', 'completed']);
  });

  it('of two that end at the same moment do not keep the whole waiting', async () => {
    closeGate();
    const { id } = await start('parallel');
    await expect.poll(() => begun.length).toBe(3);
    open();
    expect(await ground.jobDone(id)).toMatchObject({ status: 'completed' });
  });

  it('are listed by it, in their order, and the list of whole jobs has none of them', async () => {
    const { id, parts } = await start('parallel');
    await ground.jobDone(id);
    const listed = await listJobs(viewer, { limit: 50, parent: id });
    expect(listed.items.map((job) => job.id).toReversed()).toEqual(parts);
    const wholes = await listJobs(viewer, { limit: 50, parent: 'none' });
    expect(wholes.items.every(({ parentId }) => parentId === null)).toBe(true);
    expect(wholes.items[0]?.id).toBe(id);
    expect(await listJobs(await signUp(ground.admin), { limit: 50, parent: id })).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

describe('a job whose parts have failed', () => {
  it('is run again with those that were not completed, in their order', async () => {
    failing = ['b'];
    const { id, parts } = await start('sequence');
    expect(await statesOf([id, ...parts])).toEqual(['completed', 'completed', 'failed', 'cancelled']);
    failing = [];
    begun = [];
    const again = await retryJob(ground.session, id);
    expect(await ground.jobDone(again)).toMatchObject({ status: 'completed' });
    expect(begun).toEqual(['b', 'c', 'whole']);
    const { items } = await listJobs(viewer, { limit: 50, parent: again });
    expect(items.map(({ retryOf, retryAttempt }) => ({ retryOf, retryAttempt })).toReversed()).toEqual([
      { retryOf: parts[1], retryAttempt: 1 },
      { retryOf: parts[2], retryAttempt: 1 },
    ]);
    await expect(retryJob(ground.session, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is not run again before all of them have ended', async () => {
    failing = ['a'];
    const { id, parts } = await start('parallel');
    await ground.jobDone(id);
    const other = parts[1];
    const jobs = [id, other];
    const goOn = `update jobs set status = 'queued', completed_at = null, blocked = true where id = any($1)`;
    await ground.admin.query(goOn, [jobs]);
    await expect(retryJob(ground.session, id)).rejects.toMatchObject({ code: 'conflict' });
    const { items } = await listJobs(viewer, { limit: 50, parent: id });
    expect(items.map(({ retriedBy }) => retriedBy)).toEqual(parts.map(() => null));
    const end = `update jobs set status = 'cancelled', completed_at = now(), blocked = false where id = any($1)`;
    await ground.admin.query(end, [jobs]);
  });

  it('is not run again by a viewer', async () => {
    failing = ['a', 'whole'];
    const { id } = await start('sequence');
    await ground.jobDone(id);
    await expect(retryJob(viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it("a job of another workspace's takes no parts, and nobody depends on it", async () => {
  const stranger = await signUp(ground.admin);
  const { id } = await start('parallel');
  const within = (options: object) =>
    asMember(stranger, (tx) => enqueue(tx, stranger, part, { name: 'foreign' }, options));
  await expect(within({ parentId: id })).rejects.toThrow('foreign key');
  const waiting = await within({ dependsOn: [id] });
  await ground.jobDone(id);
  expect(await ground.jobRow(waiting)).toMatchObject({ status: 'queued', blocked: true });
});

describe('a job with parts shows', () => {
  it('that it is at work once one of them is, and moves with them', async () => {
    closeGate();
    const { id, parts } = await start('sequence');
    await expect.poll(async () => (await getJob(viewer, id)).status).toBe('running');
    const before = await getJob(viewer, id);
    expect(before).toMatchObject({ blocked: true, completedAt: null, startedAt: expect.any(String) });
    const { items } = await listJobs(viewer, { limit: 50, status: ['running'], parent: 'none' });
    expect(items.map((job) => job.id)).toEqual([id]);
    await ground.admin.query(
      `update jobs set progress = '{"itemsProcessed": 7, "percentage": 60}' where id = $1`,
      [parts[0]],
    );
    const after = await getJob(viewer, id);
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.progress).toMatchObject({ itemsProcessed: 7, itemsTotal: null, percentage: 20 });
    await cancelJob(ground.session, id);
    await ground.jobDone(id);
  });

  it('their rows added up, the share that is done, and the time that is left at that pace', () => {
    const startedAt = '2026-01-31T08:00:00.000Z';
    const now = Date.parse('2026-01-31T08:01:00.000Z');
    const children = [
      { status: 'completed', progress: { itemsProcessed: 10, itemsTotal: 10 }, startedAt, version: 4 },
      {
        status: 'running',
        progress: { itemsProcessed: 5, itemsTotal: 20, percentage: 20, currentPhase: 'formatting' as const },
        startedAt,
        version: 3,
      },
    ];
    expect(ofChildren(children, now)).toEqual({
      children: { total: 2, completed: 1, failed: 0, cancelled: 0 },
      startedAt,
      versions: 7,
      progress: {
        itemsProcessed: 15,
        itemsTotal: 30,
        percentage: 60,
        currentPhase: 'formatting',
        estimatedTimeRemaining: 40_000,
      },
    });
  });
});
