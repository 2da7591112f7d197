import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { batchInput, runBatch } from '#lib/exports/batch.ts';
import { runExport } from '#lib/exports/runs.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { getJob, type JobView, listJobs } from '#lib/jobs/jobs.ts';
import { retryJob } from '#lib/jobs/retry.ts';
import { join, signUp } from '#tests/support/people.ts';
import { fetchFile, layRunGround, type RunGround } from './run-ground.ts';

const columns: Column[] = [{ name: 'code', type: 'text' }];
const rows: CellText[][] = [['b'], ['a']];

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  ground.s3.failWhen = () => false;
  dataset = await ground.dataset(columns, rows);
});

/** Saves an export of each name; gives their ids. */
async function define(...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await ground.define(dataset.name, { name })).id);
  return ids;
}

/** What makes the runs of these exports fail for good, and what lets them succeed again. */
async function point(exports: readonly (string | undefined)[], to: 'gone' | string): Promise<void> {
  await ground.admin.query('update public.exports set dataset = $2 where id = any($1)', [exports, to]);
}

interface Batched {
  readonly exportId: string;
  readonly name: string;
  readonly status: string;
  readonly error: { readonly message: string } | null;
  readonly artifacts: readonly Artifact[];
}

async function ended(jobId: string): Promise<JobView> {
  await ground.stack.jobDone(jobId);
  return getJob(ground.session, jobId);
}

function exportsIn({ result }: JobView): readonly Batched[] {
  return (result as { exports: readonly Batched[] }).exports;
}

/** Runs them as one job to its end; those of `broken` are so once they are queued. */
async function batch(
  exports: readonly string[],
  order: 'parallel' | 'sequence',
  broken: readonly (string | undefined)[] = [],
): Promise<JobView> {
  ground.stack.queue.faults.holdDeliveries = true;
  const { jobId } = await runBatch(ground.session, batchInput.parse({ exports, order, priority: 'high' }));
  await point(broken, 'gone');
  ground.stack.queue.faults.holdDeliveries = false;
  return ended(jobId);
}

const statesIn = (job: JobView) => exportsIn(job).map(({ status }) => status);

describe('a batch', () => {
  it.each(['parallel', 'sequence'] as const)(
    'in %s runs each export as a part of it, and lists their files',
    async (order) => {
      const job = await batch(await define('one', 'two', 'three'), order);
      expect(job).toMatchObject({
        kind: 'batch',
        status: 'completed',
        priority: 'high',
        warnings: [],
        children: { total: 3, completed: 3, failed: 0, cancelled: 0 },
        progress: { itemsProcessed: 6, itemsTotal: 6, percentage: 100 },
      });
      const exports = exportsIn(job);
      expect(exports.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
      for (const { artifacts } of exports) {
        const [file] = artifacts;
        expect(file && (await fetchFile(file)).toString()).toBe('code\nb\na\n');
      }
      const { items } = await listJobs(ground.session, { limit: 50, parent: job.id });
      const parts = items.toReversed();
      expect(parts.map(({ subject, priority }) => [subject?.name, priority])).toEqual([
        ['one', 'high'],
        ['two', 'high'],
        ['three', 'high'],
      ]);
      if (order === 'sequence') {
        const times = parts.flatMap(({ startedAt, completedAt }) => [startedAt, completedAt]);
        expect(times).toEqual(times.toSorted());
      }
    },
  );

  it('in sequence stops after one that fails, says so, and run again goes on from there', async () => {
    const ids = await define('one', 'two', 'three');
    const job = await batch(ids, 'sequence', [ids[1]]);
    expect(job.status).toBe('completed');
    expect(statesIn(job)).toEqual(['completed', 'failed', 'cancelled']);
    expect(job.result).toMatchObject({ completed: 1 });
    expect(job.warnings).toEqual([
      { message: expect.stringMatching(/^“two” failed: /) },
      {
        message:
          '“three” was cancelled: This was not begun: a job that had to be completed first has failed.',
      },
    ]);
    await point([ids[1]], dataset.name);
    const again = await ended(await retryJob(ground.session, job.id));
    expect(exportsIn(again).map(({ name, status }) => [name, status])).toEqual([
      ['two', 'completed'],
      ['three', 'completed'],
    ]);
    expect(again).toMatchObject({ retryOf: job.id, retryAttempt: 1, warnings: [] });
  });

  it('in parallel goes on where one fails', async () => {
    const ids = await define('one', 'two', 'three');
    const job = await batch(ids, 'parallel', [ids[0]]);
    expect([job.status, ...statesIn(job)]).toEqual(['completed', 'failed', 'completed', 'completed']);
    expect(exportsIn(job)[0]?.artifacts).toEqual([]);
  });

  it('of which nothing is completed has failed, and says why', async () => {
    const ids = await define('one', 'two');
    const job = await batch(ids, 'sequence', ids);
    expect(job).toMatchObject({
      status: 'failed',
      error: {
        code: 'invalid',
        message: expect.stringMatching(/^None of the exports was completed. “one” failed: /),
      },
    });
  });

  it('is cancelled with its exports, and leaves no file', async () => {
    const ids = await define('one', 'two');
    ground.s3.objects.clear();
    ground.stack.queue.faults.holdDeliveries = true;
    const { jobId } = await runBatch(ground.session, batchInput.parse({ exports: ids, order: 'sequence' }));
    await cancelJob(ground.session, jobId);
    ground.stack.queue.faults.holdDeliveries = false;
    expect(await ended(jobId)).toMatchObject({ status: 'cancelled', children: { total: 2, cancelled: 2 } });
    expect(ground.s3.objects.size).toBe(0);
  });
});

describe('nothing is queued where', () => {
  const cases: [string, () => Promise<string[]>, string][] = [
    [
      'one of the exports is at work already',
      async () => {
        const ids = await define('one', 'two');
        ground.stack.queue.faults.holdDeliveries = true;
        await runExport(ground.session, ids[1] ?? '');
        return ids;
      },
      'conflict',
    ],
    [
      'one of them no longer fits its dataset',
      async () => {
        const ids = await define('one', 'two');
        await point([ids[1]], 'gone');
        return ids;
      },
      'invalid',
    ],
    [
      'one of them is another workspace’s or none',
      async () => [...(await define('one')), randomUUID()],
      'not_found',
    ],
  ];
  it.each(cases)('%s', async (_, make, code) => {
    const exports = await make();
    const before = await countJobs();
    const ran = runBatch(ground.session, batchInput.parse({ exports }));
    await expect(ran).rejects.toMatchObject({ code });
    expect(await countJobs()).toBe(before);
    ground.stack.queue.faults.holdDeliveries = false;
  });

  it('a viewer asks', async () => {
    const { userId } = await signUp(ground.admin);
    const viewer = await join(ground.admin, userId, ground.session.workspaceId, 'viewer');
    const ran = runBatch(viewer, batchInput.parse({ exports: await define('one') }));
    await expect(ran).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['no export is named', []],
    ['one is named twice', Array(2).fill(randomUUID())],
  ])('%s', (_, exports) => {
    expect(batchInput.safeParse({ exports }).success).toBe(false);
  });

  async function countJobs(): Promise<number> {
    const { rowCount } = await ground.admin.query('select from public.jobs');
    return rowCount ?? 0;
  }
});
