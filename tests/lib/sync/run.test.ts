import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asService } from '#lib/db/as-service.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { retryJob } from '#lib/jobs/retry.ts';
import { deleteSource } from '#lib/sources/remove.ts';
import { getRun, listRuns } from '#lib/sources/runs.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';
import { closeAbandoned } from '#lib/sync/abandoned.ts';
import { syncDue } from '#lib/sync/due.ts';
import { removeLeftovers } from '#lib/sync/leftovers.ts';
import { spool } from '#lib/sync/pages.ts';
import { settleRun } from '#lib/sync/run.ts';
import { startSync } from '#lib/sync/start.ts';
import { type Ground, look, newParts, type Parts, prepareGround, syncCounts } from './arrange.ts';

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'price');
});
afterAll(() => ground.close());

async function start(sourceId: string) {
  const { runs } = await startSync(ground.session, { sourceId, mode: 'full' });
  return runs[0] as (typeof runs)[number];
}

/** Rows without an end, a thousand at a time. */
async function* endless(): AsyncGenerator<string> {
  yield 'sku,price\n';
  for (let page = 0; ; page += 1) {
    yield Array.from({ length: 1_000 }, (_, index) => `k${page * 1_000 + index},1\n`).join('');
    await sleep(10);
  }
}

/** A superuser's open transaction, in which that statement holds until it is ended. */
async function holding(statement: string, values: unknown[]): Promise<pg.Client> {
  const client = new pg.Client(ground.database.adminUrl);
  await client.connect();
  await client.query('begin');
  await client.query(statement, values);
  return client;
}

const spooled = () => [...ground.storage.objects.keys()].filter((path) => path.includes('spool/'));

describe('a run', () => {
  it('is queued with its job, and its source says how it stands', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    ground.queue.faults.holdDeliveries = true;
    const { jobId, runId } = await start(id);
    expect(await getSource(ground.session, id)).toMatchObject({ syncStatus: 'queued', lastSyncAt: null });
    await expect(start(id)).rejects.toMatchObject({ code: 'conflict' });
    ground.queue.faults.holdDeliveries = false;
    expect(await ground.jobDone(jobId)).toMatchObject({ progress: { itemsProcessed: 1, percentage: 100 } });
    expect(await getRun(ground.session, id, runId)).toMatchObject({
      jobId,
      trigger: 'manual',
      status: 'completed',
      streams: { rows: { read: 1, inserted: 1 } },
    });
    const { lastSyncAt } = await getSource(ground.session, id);
    expect(lastSyncAt).toMatch(/Z$/);
  });

  it('of a mapping that was changed meanwhile stops and says so', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    ground.queue.faults.holdDeliveries = true;
    const { jobId } = await start(id);
    await updateSource(ground.session, id, {
      streams: { rows: { dataset: 'parts', fields: { sku: 'sku' } } },
    });
    ground.queue.faults.holdDeliveries = false;
    const job = await ground.jobDone(jobId);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'MAPPING_ERROR' } });
    expect(job.error?.message).toContain('Start it again');
  });

  it('that is cancelled while it reads ends soon, and its spool goes with the next sweep', async () => {
    const { id, serve } = await parts.newSource(endless);
    const { jobId } = await start(id);
    await ground.jobUntil(jobId, () => spooled().length > 0);
    await cancelJob(ground.session, jobId);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled' });
    expect(await getSource(ground.session, id)).toMatchObject({ syncStatus: 'cancelled' });
    expect(spooled()).not.toEqual([]);
    expect(await removeLeftovers()).toBe(1);
    expect(spooled()).toEqual([]);
    expect(await removeLeftovers()).toBe(0);
    serve('sku,price\na,1\n');
    expect(await syncCounts(ground, id)).toMatchObject({ read: 1 });
  });

  it('that is taken up again as its spool is about to go keeps it', async () => {
    const { id, serve } = await parts.newSource(endless);
    const { jobId, runId } = await start(id);
    await ground.jobUntil(jobId, () => spooled().length > 0);
    await cancelJob(ground.session, jobId);
    await ground.jobDone(jobId);
    const before = spooled();
    const reopening = await holding(
      "update sync_runs set status = 'running', completed_at = null where id = $1",
      [runId],
    );
    const removing = removeLeftovers();
    await sleep(300);
    await reopening.query('commit');
    await reopening.end();
    expect(await removing).toBe(0);
    expect(spooled()).toEqual(before);
    serve('sku,price\na,1\n');
    const end = "update sync_runs set status = 'failed', completed_at = now() where id = $1";
    await look(ground.database, end, [runId]);
    expect(await removeLeftovers()).toBe(1);
    expect(spooled()).toEqual([]);
  });

  it('that failed reads its source anew when it is retried', async () => {
    const { id, serve } = await parts.newSource('price\n1\n');
    const { jobId, runId } = await start(id);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'failed' });
    await removeLeftovers();
    serve('sku,price\na,1\n');
    const retried = await retryJob(ground.session, jobId);
    expect(await ground.jobDone(retried)).toMatchObject({ status: 'completed', result: { inserted: 1 } });
    expect(await getRun(ground.session, id, runId)).toMatchObject({
      status: 'completed',
      jobId: retried,
    });
  });

  it('whose source allows no more calls waits as long as it is told to', async () => {
    const { id, serve } = await parts.newSource({ status: 429, headers: { 'retry-after': '3600' } });
    const { jobId } = await start(id);
    const job = await ground.jobUntil(jobId, ({ seq }) => seq === 1);
    expect(job).toMatchObject({ status: 'queued', error: { code: 'RATE_LIMITED' } });
    const wait = 'select due_at > now() + interval $$59 minutes$$ as long from jobs where id = $1';
    expect(await look(ground.database, wait, [jobId])).toEqual([{ long: true }]);
    serve('sku,price\na,1\n');
    await cancelJob(ground.session, jobId);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled' });
    // Nobody asks that host before the hour is over.
    const other = await parts.newSource('sku,price\na,1\n');
    const waiting = await start(other.id);
    await ground.jobUntil(waiting.jobId, ({ seq }) => seq === 1);
    expect(await look(ground.database, wait, [waiting.jobId])).toEqual([{ long: true }]);
    await cancelJob(ground.session, waiting.jobId);
    await look(ground.database, 'delete from private.rate_limit_closures');
  });

  it('that ends while its source is being removed waits for that', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    ground.queue.faults.holdDeliveries = true;
    const { jobId, runId } = await start(id);
    const removing = await holding('select from external_data_sources where id = $1 for update', [id]);
    const payload = { sourceId: id, runId, mode: 'full' as const };
    const error = { code: 'internal', message: 'It broke.' };
    const settling = asService((tx) => settleRun(tx, { payload }, { status: 'failed', error }));
    await sleep(300);
    await removing.query('delete from external_data_sources where id = $1', [id]);
    await removing.query('commit');
    await removing.end();
    await settling;
    await cancelJob(ground.session, jobId);
    ground.queue.faults.holdDeliveries = false;
    await ground.jobDone(jobId);
  });

  it('whose job could not be read is closed by the sweep, and its source is free again', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    ground.queue.faults.holdDeliveries = true;
    const { jobId, runId } = await start(id);
    expect(await closeAbandoned()).toBe(0);
    await look(ground.database, `update jobs set payload = '{}' where id = $1`, [jobId]);
    ground.queue.faults.holdDeliveries = false;
    const { error } = await ground.jobDone(jobId);
    expect(await getRun(ground.session, id, runId)).toMatchObject({ status: 'queued' });
    expect(await closeAbandoned()).toBe(1);
    expect(await getRun(ground.session, id, runId)).toMatchObject({ status: 'failed', error });
    expect(await getSource(ground.session, id)).toMatchObject({ syncStatus: 'failed', syncError: error });
    expect(await closeAbandoned()).toBe(0);
  });

  it('of a source that has been removed ends', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    ground.queue.faults.holdDeliveries = true;
    const { jobId } = await start(id);
    await deleteSource(ground.session, id);
    ground.queue.faults.holdDeliveries = false;
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled' });
  });

  it('is listed with those before it, latest first, page by page', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    for (const _ of [1, 2, 3]) await syncCounts(ground, id);
    const first = await listRuns(ground.session, id, { limit: 2 });
    expect(first.items).toHaveLength(2);
    const rest = await listRuns(ground.session, id, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ streams: { rows: { inserted: 1 } } }], nextCursor: null });
  });
});

describe('starting', () => {
  it('all starts those that are enabled, mapped and idle', async () => {
    const [one, two] = [await parts.newSource('sku,price\na,1\n'), await parts.newSource('sku,price\na,1\n')];
    await updateSource(ground.session, two.id, { enabled: false });
    const { runs } = await startSync(ground.session, { mode: 'full' });
    for (const { jobId } of runs) await ground.jobDone(jobId);
    expect(runs.map(({ sourceId }) => sourceId)).toContain(one.id);
    expect(runs.map(({ sourceId }) => sourceId)).not.toContain(two.id);
    await expect(start(two.id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('by the clock starts what is due, once', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    expect((await syncDue()).runs).toEqual([]);
    await updateSource(ground.session, id, { syncFrequency: 'hourly' });
    const { runs } = await syncDue();
    expect(runs).toMatchObject([{ sourceId: id }]);
    await ground.jobDone(runs[0]?.jobId ?? '');
    expect((await syncDue()).runs).toEqual([]);
    const due = `select next_sync_at > now() as later, extract(minute from next_sync_at)::int as minute
      from external_data_sources where id = $1`;
    expect(await look(ground.database, due, [id])).toEqual([{ later: true, minute: 0 }]);
  });

  it('by the clock puts off by minutes, and not by a day, a source that something else is at', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    ground.queue.faults.holdDeliveries = true;
    const { runs } = await startSync(ground.session, { sourceId: id, mode: 'full', dryRun: true });
    await updateSource(ground.session, id, { syncFrequency: 'daily' });
    expect((await syncDue()).runs).toEqual([]);
    const due = `select next_sync_at > now() and next_sync_at <= now() + interval '5 minutes' as soon
      from external_data_sources where id = $1`;
    expect(await look(ground.database, due, [id])).toEqual([{ soon: true }]);
    ground.queue.faults.holdDeliveries = false;
    await ground.jobDone(runs[0]?.jobId ?? '');
  });

  it('by the clock passes over a source that somebody has locked', async () => {
    const [locked, free] = [
      await parts.newSource('sku,price\na,1\n'),
      await parts.newSource('sku,price\na,1\n'),
    ];
    await updateSource(ground.session, locked.id, { syncFrequency: 'hourly' });
    await updateSource(ground.session, free.id, { syncFrequency: 'daily' });
    const holder = await holding('select from external_data_sources where id = $1 for update', [locked.id]);
    const { runs } = await syncDue();
    await holder.end();
    expect(runs).toMatchObject([{ sourceId: free.id }]);
    const later = await syncDue();
    expect(later.runs).toMatchObject([{ sourceId: locked.id }]);
    for (const { jobId } of [...runs, ...later.runs]) await ground.jobDone(jobId);
  });

  it('needs an editor, a mapped stream, and a source of the workspace', async () => {
    const { id } = await parts.newSource('sku,price\na,1\n');
    const viewer = { ...ground.session, role: 'viewer' as const };
    await expect(startSync(viewer, { sourceId: id, mode: 'full' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const asked = startSync(ground.session, { sourceId: id, mode: 'full', streams: ['orders'] });
    await expect(asked).rejects.toMatchObject({ code: 'invalid', fields: { streams: expect.any(String) } });
    const unknown = startSync(ground.session, { sourceId: ground.session.userId, mode: 'full' });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the spool', () => {
  it('says what was wrong with the source, although storage has failed as well', async () => {
    async function* pages(): AsyncGenerator<Page> {
      yield { rows: [{ values: { sku: 'a' } }], cursor: null };
      throw new EntrepotError('DATA_ERROR', 'The rest is damaged.');
    }
    ground.storage.failWhen = ({ method }) => method === 'PUT';
    const folder = { runId: randomUUID(), stream: 'rows', token: 'token' };
    const spooling = spool(pages(), folder, async () => {});
    await expect(spooling).rejects.toMatchObject({ code: 'DATA_ERROR' });
    ground.storage.failWhen = () => false;
  });
});
