import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EntrepotError, errorTable } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { defineJob, type JobContext, type JobKind, type SliceEnd } from '#lib/jobs/contract.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { type Ground, prepareGround } from './arrange.ts';
import { pagesJob } from './kinds.ts';

type Slice = (context: JobContext<unknown>, turn: number) => Promise<SliceEnd<unknown>>;

/** What the next `scripted` job does, turn by turn. */
let slice: Slice;
let turns = 0;
const settled: unknown[] = [];
const scripted: JobKind<unknown, unknown> = defineJob({
  kind: 'scripted',
  payloadVersion: 1,
  payload: z.unknown(),
  slice: (context) => slice(context, turns++),
  async settle(tx, { jobId }, outcome) {
    const { rows } = await sql`select current_user::text as role`.execute(tx.db);
    settled.push({ jobId, ...outcome, ...(rows[0] as object) });
  },
});

const done: SliceEnd<unknown> = { outcome: 'done', result: 'as expected' };

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround([scripted, pagesJob]);
});
afterAll(() => ground.close());
beforeEach(async () => {
  await ground.admin.query('delete from public.jobs');
  turns = 0;
  settled.length = 0;
});

async function run(what: Slice) {
  slice = what;
  return ground.jobDone(await ground.start(scripted, null));
}

describe('a job', () => {
  it('goes on, slice by slice, until it is done', async () => {
    const jobId = await ground.start(pagesJob, { pages: 5, pagesPerSlice: 2 });
    expect(await ground.jobDone(jobId)).toMatchObject({
      status: 'completed',
      seq: 3,
      result: { pages: 5 },
      progress: { itemsProcessed: 5 },
      lease_token: null,
    });
    expect(await ground.pagesOf(jobId)).toEqual([1, 2, 3, 4, 5]);
  });

  it('waits for the time that its slice has named', async () => {
    const startedAt = Date.now();
    await run(async (_, turn) => (turn === 0 ? { outcome: 'again', at: new Date(startedAt + 1_200) } : done));
    expect(Date.now() - startedAt).toBeGreaterThan(1_200);
    expect(turns).toBe(2);
  });

  it('settles what it worked for as the service, in the transaction that ends it', async () => {
    const { id } = await run(async () => ({ ...done, warnings: ['a column was empty'] }));
    expect(settled).toEqual([
      { jobId: id, status: 'completed', result: 'as expected', role: 'service_role' },
    ]);
    expect(await ground.jobRow(id)).toMatchObject({ warnings: ['a column was empty'] });
  });

  it('is told who it acts for, and how long it may take', async () => {
    let seen: Partial<JobContext<unknown>> = {};
    let timeLeft = 0;
    const { id } = await run(async (context) => {
      seen = context;
      timeLeft = context.timeLeft();
      return done;
    });
    const { workspaceId, userId } = ground.session;
    expect(seen).toMatchObject({ jobId: id, workspaceId, ownerId: userId, payload: null });
    expect(timeLeft).toBeGreaterThan(6_000);
    expect(timeLeft).toBeLessThanOrEqual(8_000);
  });

  it('keeps its lease while it works for longer than that', async () => {
    const { attempts, seq } = await run(async () => {
      await sleep(2_500);
      return done;
    });
    expect({ attempts, seq, turns }).toEqual({ attempts: 0, seq: 1, turns: 1 });
  });

  it('shows the progress it reports, once a second at most', async () => {
    const versions: unknown[] = [];
    const { id, progress } = await run(async (context) => {
      for (const itemsProcessed of [1, 2, 3]) await context.report({ itemsProcessed });
      versions.push(await ground.jobRow(context.jobId));
      return done;
    });
    expect(versions).toMatchObject([{ id, progress: { itemsProcessed: 1 } }]);
    expect(progress).toEqual({ itemsProcessed: 1 });
  });

  it('is queued once for a singleton key, and the second is told of the first', async () => {
    const { session } = ground;
    const queue = () =>
      asMember(session, (tx) => enqueue(tx, session, scripted, null, { singletonKey: 'sync:a' }));
    const first = await queue();
    await expect(queue()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`Job ${first} is already queued`),
    });
    await cancelJob(session, first);
    await ground.jobDone(first);
    expect(await queue()).not.toBe(first);
  });

  it('is not there when the transaction that queued it is rolled back', async () => {
    const { session, admin } = ground;
    let jobId = '';
    const broken = asMember(session, async (tx) => {
      jobId = await enqueue(tx, session, scripted, null);
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    expect((await admin.query('select from public.jobs where id = $1', [jobId])).rowCount).toBe(0);
  });
});

describe('a try that fails', () => {
  const codes = Object.entries(errorTable).filter(([code]) => !['cancelled', 'lease_lost'].includes(code));
  const fatal = codes.filter(([, { retry }]) => retry === 'never').map(([code]) => code);
  const passing = codes.filter(([, { retry }]) => retry === 'backoff').map(([code]) => code);
  const failWith = (code: string) => new EntrepotError(code as keyof typeof errorTable, `It was ${code}.`);

  it.each(fatal)('with %s ends the job, for a person must change something first', async (code) => {
    const { id, status, error, seq } = await run(async () => Promise.reject(failWith(code)));
    const shown = { code, message: `It was ${code}.` };
    expect({ status, error, seq }).toEqual({ status: 'failed', error: shown, seq: 1 });
    expect(settled).toEqual([{ jobId: id, status: 'failed', error: shown, role: 'service_role' }]);
  });

  it.each(passing)('with %s is made again, and succeeds without a trace of the error', async (code) => {
    const job = await run(async (_, turn) => (turn === 0 ? Promise.reject(failWith(code)) : done));
    expect(job).toMatchObject({ status: 'completed', error: null, seq: 2 });
  });

  it('for an unknown reason shows none of it, and is made three times', async () => {
    const job = await run(async () => Promise.reject(new Error('password=hunter2')));
    expect(job).toMatchObject({ status: 'failed', error: { code: 'internal' }, seq: 3 });
    expect(JSON.stringify(job)).not.toContain('hunter2');
    expect(turns).toBe(3);
  });

  it.each([
    ['a NUL', 'Bad cell: \0.', 'Bad cell: ␀.'],
    ['half a surrogate pair', 'Bad cell: \ud83d.', 'Bad cell: \ufffd.'],
    ['thousands of letters', 'x'.repeat(5_000), 'x'.repeat(2_000)],
  ])('with %s in its message is stored, in the job and where it settles', async (_, message, stored) => {
    const { error } = await run(async () => Promise.reject(new EntrepotError('DATA_ERROR', message)));
    expect(error).toEqual({ code: 'DATA_ERROR', message: stored });
    expect(settled).toMatchObject([{ error: { message: stored } }]);
  });

  it('with a NUL in its message, and is to be made again, is made again', async () => {
    const job = await run(async (_, turn) =>
      turn === 0 ? Promise.reject(new EntrepotError('NETWORK_ERROR', 'Cut at \0.')) : done,
    );
    expect(job).toMatchObject({ status: 'completed', seq: 2 });
  });

  it('is made again no sooner than the other side asked for', async () => {
    slice = async (_, turn) =>
      turn === 0
        ? Promise.reject(new EntrepotError('RATE_LIMITED', 'Slow.', { retryAfterMs: 60_000 }))
        : done;
    const jobId = await ground.start(scripted, null);
    const job = await ground.jobUntil(jobId, ({ seq }) => seq === 1);
    expect(job).toMatchObject({ status: 'queued', attempts: 1, error: { code: 'RATE_LIMITED' } });
    const { rows } = await ground.admin.query<{ wait: number }>(
      'select extract(epoch from due_at - now())::float8 as wait from public.jobs where id = $1',
      [jobId],
    );
    expect(rows[0]?.wait).toBeGreaterThan(55);
    expect(ground.queue.messages().map(({ body }) => JSON.parse(String(body)))).toContainEqual({
      jobId,
      seq: 1,
    });
  });

  it('gets its tries anew with every page that was committed before', async () => {
    const job = await run(async (context, turn) => {
      if (turn === 5) return done;
      await commitPage(context, turn);
      throw new Error('fails after each page');
    });
    expect(job).toMatchObject({ status: 'completed', seq: 6, progress: { itemsProcessed: 4 } });
  });
});

function commitPage(context: JobContext<unknown>, page: number): Promise<void> {
  const { workspaceId, jobId } = context;
  return asMember({ workspaceId, actor: { kind: 'job', id: jobId } }, async (tx) => {
    await context.hold(tx);
    await context.commit(tx, { itemsProcessed: page });
  });
}

describe('a worker whose lease has passed to another', () => {
  const takeOver = (jobId: string) =>
    ground.admin.query('update public.jobs set lease_token = gen_random_uuid() where id = $1', [jobId]);

  it('can write no page any more, and leaves the job to the other', async () => {
    let refused: unknown;
    slice = async (context) => {
      await takeOver(context.jobId);
      refused = await commitPage(context, 1).catch((error: unknown) => error);
      throw refused;
    };
    const jobId = await ground.queueSilently(scripted, null);
    expect((await ground.deliver({ jobId, seq: 0 })).status).toBe(200);
    expect(refused).toMatchObject({ code: 'lease_lost' });
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'running', progress: {}, seq: 0 });
  });

  it('cannot end the job', async () => {
    slice = async (context) => {
      await takeOver(context.jobId);
      return done;
    };
    const jobId = await ground.queueSilently(scripted, null);
    expect((await ground.deliver({ jobId, seq: 0 })).status).toBe(200);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'running', result: null });
    expect(settled).toEqual([]);
  });

  it('is told by its signal', async () => {
    let reason: unknown;
    slice = async ({ jobId, signal }) => {
      await takeOver(jobId);
      await sleep(5_000, undefined, { signal }).catch(() => undefined);
      reason = signal.reason;
      return done;
    };
    await ground.deliver({ jobId: await ground.queueSilently(scripted, null), seq: 0 });
    expect(reason).toMatchObject({ code: 'lease_lost' });
  });
});

describe('a job that is cancelled', () => {
  const untilAborted: Slice = async ({ signal }) => {
    await sleep(20_000, undefined, { signal });
    return done;
  };
  const atItsNextPage: Slice = async (context) => {
    for (let page = 1; ; page += 1) await commitPage(context, page);
  };

  it.each([
    ['while it waits for something', untilAborted],
    ['between two pages', atItsNextPage],
  ])('%s stops and is settled as cancelled', async (_, what) => {
    slice = what;
    const jobId = await ground.start(scripted, null);
    await ground.jobUntil(jobId, ({ status }) => status === 'running');
    await cancelJob(ground.session, jobId);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect(settled).toMatchObject([{ jobId, status: 'cancelled' }]);
  });

  it('before it began never begins', async () => {
    const jobId = await ground.queueSilently(scripted, null);
    await cancelJob(ground.session, jobId);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled' });
    expect(turns).toBe(0);
    expect(settled).toMatchObject([{ jobId, status: 'cancelled' }]);
  });

  it('while it waits for a later time is ended at once', async () => {
    slice = async () => ({ outcome: 'again', at: new Date(Date.now() + 3_600_000) });
    const jobId = await ground.start(scripted, null);
    await ground.jobUntil(jobId, ({ seq, status }) => seq === 1 && status === 'queued');
    await cancelJob(ground.session, jobId);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled' });
  });
});
