import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { pool } from '#lib/db/pool.ts';
import { exportJob } from '#lib/exports/job.ts';
import { previewExport } from '#lib/exports/preview.ts';
import { produce } from '#lib/exports/produce.ts';
import { runExport } from '#lib/exports/runs.ts';
import { ring } from '#lib/jobs/bell.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { artifactsIn, layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
});

describe('what does not come to its end leaves nothing', () => {
  it('when Storage fails', async () => {
    const { id } = await ground.define(dataset.name);
    ground.s3.failWhen = ({ method, path }) => method === 'PUT' && path.endsWith('.manifest.json');
    const { jobId } = await runExport(ground.session, id);
    await ground.stack.jobUntil(jobId, ({ attempts }) => attempts > 0);
    expect([...ground.s3.objects.keys()]).toEqual([]);
    ground.s3.failWhen = () => false;
    expect((await ground.stack.jobDone(jobId)).status).toBe('completed');
    expect(ground.s3.objects.size).toBe(2);
  });
});

it('a run that waits for a connection past its limit is told to be too long', async () => {
  const view = await ground.define(dataset.name);
  const held = await Promise.all(
    Array.from({ length: pool('snapshot').options.max }, () => pool('snapshot').connect()),
  );
  const { workspaceId } = ground.session;
  const late = produce(view, {
    workspaceId,
    token: 'late',
    folder: 'late',
    timeoutMs: 200,
    signal: new AbortController().signal,
    report: async () => undefined,
    fence: async () => undefined,
  });
  await expect(late).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('longest') });
  for (const client of held) client.release();
  expect(await ground.textOf(view.id)).toContain('b,2.50');
});

it('a file whose commit got no answer stays when the job has ended meanwhile', async () => {
  const { id: exportId } = await ground.define(dataset.name);
  const { workspaceId, userId } = ground.session;
  const jobId = await asMember(ground.session, (tx) => enqueue(tx, ground.session, exportJob, { exportId }));
  const token = randomUUID();
  await ground.admin.query(
    `update jobs set status = 'running', lease_token = $2, lease_until = now() + interval '1 hour' where id = $1`,
    [jobId, token],
  );
  const slice = exportJob.slice({
    ...{ jobId, workspaceId, ownerId: userId, token, payload: { exportId } },
    timeLeft: () => 60_000,
    signal: new AbortController().signal,
    report: async () => undefined,
    hold: async (tx) => {
      await tx.client.query('select private.hold_job($1, $2)', [jobId, token]);
    },
    commit: async ({ client }) => {
      await client.query('commit');
      await ground.admin.query(
        `update jobs set status = 'completed', lease_token = null, lease_until = null, completed_at = now() where id = $1`,
        [jobId],
      );
      throw new Error('no answer');
    },
  });
  await expect(slice).rejects.toThrow('no answer');
  expect(ground.s3.objects.size).toBe(2);
});

describe('a run that was killed', () => {
  async function queued(exportId: string): Promise<string> {
    return asMember(ground.session, (tx) => enqueue(tx, ground.session, exportJob, { exportId }));
  }

  it('in the middle starts again, and nothing of the try before is left', async () => {
    const jobId = await queued((await ground.define(dataset.name)).id);
    const folder = `entrepot/artifacts/${ground.session.workspaceId}/${jobId}`;
    ground.s3.objects.set(`${folder}/a-token-of-before/half.csv`, Buffer.from('half'));
    await ring(jobId, 0);
    expect((await ground.stack.jobDone(jobId)).status).toBe('completed');
    const names = [...ground.s3.objects.keys()].map((path) => path.split('/').at(-1));
    expect(names).toHaveLength(2);
    expect(names).not.toContain('half.csv');
  });

  it('after its file counted as made does not make another', async () => {
    const jobId = await queued((await ground.define(dataset.name, { mode: 'incremental' })).id);
    await ring(jobId, 0);
    const { seq, result } = await ground.stack.jobDone(jobId);
    await ground.admin.query(
      `update jobs set status = 'queued', completed_at = null, result = null where id = $1`,
      [jobId],
    );
    await ring(jobId, seq);
    const again = await ground.stack.jobDone(jobId);
    const withoutLinks = (found: unknown) => artifactsIn(found).map(({ url: _url, ...artifact }) => artifact);
    expect(withoutLinks(again.result)).toEqual(withoutLinks(result));
    expect(ground.s3.objects.size).toBe(2);
  });
});

it('a value that Postgres cannot compute with is told as such, at once, in words of our own', async () => {
  await ground.admin.query(
    `create policy broken on data.${dataset.table.name} as restrictive for select to entrepot_member
     using (1 / coalesce(amount, 0) > 0)`,
  );
  const { id, ...view } = await ground.define(dataset.name);
  const { status, error } = await ground.runToEnd(id);
  expect({ status, error }).toMatchObject({ status: 'failed', error: { code: 'invalid' } });
  expect(error?.message).toMatch(/cannot be computed/);
  await expect(previewExport(ground.session, view)).rejects.toMatchObject({ code: 'invalid' });
});
