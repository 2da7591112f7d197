import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { defineJob, type SliceEnd } from '#lib/jobs/contract.ts';
import { getJob, listAttempts, listJobs } from '#lib/jobs/jobs.ts';
import { retryJob } from '#lib/jobs/retry.ts';
import { join, signUp } from '#tests/support/people.ts';
import { type Ground, prepareGround } from './arrange.ts';

let broken = true;
const moody = defineJob({
  kind: 'moody',
  payloadVersion: 1,
  payload: z.string(),
  async slice({ payload }): Promise<SliceEnd<string>> {
    if (broken) throw new EntrepotError('AUTH_FAILED', 'The key was refused. Enter a new one.');
    return { outcome: 'done', result: payload };
  },
});

let ground: Ground;
let viewer: Session;
let stranger: Session;
beforeAll(async () => {
  ground = await prepareGround([moody]);
  stranger = await signUp(ground.admin);
  const { userId } = await signUp(ground.admin);
  viewer = await join(ground.admin, userId, ground.session.workspaceId, 'viewer');
});
afterAll(() => ground.close());

async function failedJob(): Promise<string> {
  broken = true;
  const jobId = await ground.start(moody, 'mended');
  await ground.jobDone(jobId);
  return jobId;
}

describe('a job', () => {
  it('is shown as the API has it', async () => {
    const jobId = await failedJob();
    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(await getJob(viewer, jobId)).toEqual({
      id: jobId,
      kind: 'moody',
      subject: null,
      status: 'failed',
      priority: 'normal',
      progress: {},
      parentId: null,
      children: null,
      dependsOn: [],
      blocked: false,
      retryOf: null,
      retryAttempt: 0,
      retriedBy: null,
      result: null,
      error: { code: 'AUTH_FAILED', message: 'The key was refused. Enter a new one.' },
      warnings: [],
      attempts: expect.any(Number),
      dueAt: iso,
      cancelRequestedAt: null,
      createdAt: iso,
      startedAt: iso,
      completedAt: iso,
      version: 3,
    });
  });

  it('that has failed is run again as a new one, once, and the chain of attempts is shown from each', async () => {
    const first = await failedJob();
    const second = await retryJob(ground.session, first);
    await ground.jobDone(second);
    broken = false;
    const third = await retryJob(ground.session, second);
    expect(await ground.jobDone(third)).toMatchObject({ status: 'completed', result: 'mended', error: null });
    const chain = [
      { id: first, status: 'failed', retryOf: null, retryAttempt: 0, retriedBy: second },
      { id: second, status: 'failed', retryOf: first, retryAttempt: 1, retriedBy: third },
      { id: third, status: 'completed', retryOf: second, retryAttempt: 2, retriedBy: null },
    ];
    for (const id of [first, second, third]) {
      expect(await listAttempts(viewer, id)).toMatchObject(chain);
    }
    expect(await listAttempts(stranger, first)).toEqual([]);
    await expect(retryJob(ground.session, first)).rejects.toMatchObject({ code: 'conflict' });
    const at = async (id: string, what: 'createdAt' | 'dueAt' | 'completedAt') =>
      Date.parse((await getJob(viewer, id))[what] ?? '');
    expect(await at(second, 'dueAt')).toBeLessThanOrEqual(await at(second, 'createdAt'));
    expect(await at(third, 'dueAt')).toBeGreaterThanOrEqual((await at(second, 'completedAt')) + 5_000);
  });

  const actions = { cancel: cancelJob, retry: retryJob };
  const cases: [keyof typeof actions, string, () => Session, 'failed' | 'queued', string][] = [
    ['cancel', 'a viewer', () => viewer, 'queued', 'forbidden'],
    ['retry', 'a viewer', () => viewer, 'failed', 'forbidden'],
    ['cancel', 'a stranger', () => stranger, 'queued', 'not_found'],
    ['retry', 'a stranger', () => stranger, 'failed', 'not_found'],
    ['cancel', 'the owner, once it has ended,', () => ground.session, 'failed', 'conflict'],
    ['retry', 'the owner, before it has failed,', () => ground.session, 'queued', 'conflict'],
  ];
  it.each(cases)('refuses %s to %s and stays as it is', async (action, _, who, state, code) => {
    const jobId = state === 'failed' ? await failedJob() : await ground.queueSilently(moody, '');
    const before = await ground.jobRow(jobId);
    await expect(actions[action](who(), jobId)).rejects.toMatchObject({ code });
    expect(await ground.jobRow(jobId)).toEqual(before);
  });

  it.each([
    ["another workspace's", () => failedJob()],
    ['absent', async () => randomUUID()],
  ])('that is %s is not found', async (_, make) => {
    await expect(getJob(stranger, await make())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not retried while another of its singleton key is under way', async () => {
    const [first, second] = [await failedJob(), await ground.queueSilently(moody, '')];
    await ground.admin.query("update public.jobs set singleton_key = 'one' where id in ($1, $2)", [
      first,
      second,
    ]);
    await expect(retryJob(ground.session, first)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the list of jobs', () => {
  it("is the workspace's, latest first, each once over all pages", async () => {
    const lister = await signUp(ground.admin);
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { rows } = await ground.admin.query<{ id: string }>(
        `insert into public.jobs (workspace_id, kind, payload, payload_version, created_at)
         values ($1, 'moody', '""', 1, timestamptz '2026-01-01' + $2 * interval '1 microsecond') returning id`,
        [lister.workspaceId, Math.floor(n / 2)],
      );
      ids.push(rows[0]?.id ?? '');
    }
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await listJobs(lister, { limit: 2, cursor });
      pages.push(page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages[0]?.[0]).toBe(ids.at(-1));
    expect(pages.flat().sort()).toEqual(ids.sort());
  });

  it('refuses a cursor that it did not give', async () => {
    const listed = listJobs(ground.session, { limit: 2, cursor: 'bm9uc2Vuc2U' });
    await expect(listed).rejects.toMatchObject({ code: 'bad_request' });
  });
});
