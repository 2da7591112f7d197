import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { retryJob } from '#lib/jobs/retry.ts';
import { getRun, listRuns } from '#lib/sources/runs.ts';
import { decideDeletion } from '#lib/sync/deletions/decide.ts';
import { getDeletion, listDeletionRows, listDeletions } from '#lib/sync/deletions/list.ts';
import { listChanges } from '#lib/sync/run-changes.ts';
import { type Ground, look, newParts, type Parts, prepareGround } from './arrange.ts';

const all = { limit: 500 };

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'price');
});
afterAll(() => ground.close());

/** A CSV source of its own, with a body that can be changed. */
async function newSource() {
  const { id: sourceId, serve: serveBody, rows, counts: sync } = await parts.newSource('');
  const serve = (skus: readonly string[], price = '1') => {
    serveBody(['sku,price', ...skus.map((sku) => `${sku},${price}`)].join('\n'));
  };
  const keys = async () => (await rows<{ sku: string }>()).map(({ sku }) => sku);
  return { sourceId, serveBody, serve, keys, sync };
}

function skus(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `k${String(from + index).padStart(4, '0')}`);
}

async function heldBy(sourceId: string) {
  const { items } = await listDeletions(ground.session, { sourceId, status: 'held' }, all);
  return items[0];
}

/** The same once it had so many rows and then so few of them that those which vanished are held, as `id`. */
async function newHeld(before: number, after: number) {
  const source = await newSource();
  source.serve(skus(before));
  await source.sync();
  source.serve(skus(after));
  await source.sync();
  return { ...source, id: (await heldBy(source.sourceId))?.id ?? '' };
}

async function decide(sourceId: string, decision: 'confirm' | 'dismiss' | 'undo', id: string) {
  const { jobId } = await decideDeletion(ground.session, sourceId, id, decision);
  if (jobId) expect(await ground.jobDone(jobId)).toMatchObject({ status: 'completed' });
}

async function lastRun(sourceId: string): Promise<string> {
  const { items } = await listRuns(ground.session, sourceId, { limit: 1 });
  return items[0]?.id ?? '';
}

/** Decides, and has the job end as it must in `meanwhile`, while the queue delivers nothing. */
async function decideInVain(
  sourceId: string,
  decision: 'confirm' | 'undo',
  id: string,
  meanwhile: (jobId: string) => Promise<unknown>,
) {
  ground.queue.faults.holdDeliveries = true;
  const { jobId } = await decideDeletion(ground.session, sourceId, id, decision);
  await meanwhile(jobId ?? '');
  ground.queue.faults.holdDeliveries = false;
  const { status } = await ground.jobDone(jobId ?? '');
  const { status: deletion } = await getDeletion(ground.session, sourceId, id);
  return { jobId: jobId ?? '', status, deletion };
}

describe('a decision', () => {
  it('whose work is cancelled can be taken again, for removing and for bringing back', async () => {
    const { sourceId, id, keys } = await newHeld(30, 10);
    const cancel = (jobId: string) => cancelJob(ground.session, jobId);
    const cancelled = await decideInVain(sourceId, 'confirm', id, cancel);
    expect(cancelled).toMatchObject({ status: 'cancelled', deletion: 'held' });
    await decide(sourceId, 'confirm', id);
    expect(await keys()).toEqual(skus(10));
    expect(await decideInVain(sourceId, 'undo', id, cancel)).toMatchObject({ deletion: 'applied' });
    await decide(sourceId, 'undo', id);
    expect(await keys()).toEqual(skus(30));
  });

  it('whose work fails waits for a person again, and goes on where the work is run again', async () => {
    const { sourceId, id, keys } = await newHeld(30, 10);
    const giveUp = (jobId: string) =>
      look(ground.database, 'update jobs set attempts = 8 where id = $1', [jobId]);
    const failed = await decideInVain(sourceId, 'confirm', id, giveUp);
    expect(failed).toMatchObject({ status: 'failed', deletion: 'held' });
    expect(await keys()).toEqual(skus(30));
    const again = await retryJob(ground.session, failed.jobId);
    expect(await ground.jobDone(again)).toMatchObject({ status: 'completed' });
    expect(await keys()).toEqual(skus(10));
  });

  it('a list that a run was removing when it ended for good is over with the next full pass', async () => {
    const { sourceId, id, sync, keys } = await newHeld(30, 10);
    await look(ground.database, "update sync_deletions set status = 'applying' where id = $1", [id]);
    await sync();
    expect(await getDeletion(ground.session, sourceId, id)).toMatchObject({ status: 'applied' });
    expect(await heldBy(sourceId)).toMatchObject({ vanished: 20 });
    expect(await keys()).toEqual(skus(30));
  });
});

describe('a full pass', () => {
  it('removes exactly the rows that are missing, and notes each as deleted', async () => {
    const { sourceId, serve, sync, keys } = await newSource();
    serve(skus(30));
    await sync();
    serve(skus(28));
    expect(await sync()).toEqual({ read: 28, unchanged: 28, deleted: 2 });
    expect(await keys()).toEqual(skus(28));
    const changes = await listChanges(ground.session, sourceId, await lastRun(sourceId), all);
    expect(changes.items).toEqual(
      skus(2, 28).map((externalId) => ({
        dataset: 'parts',
        stream: 'rows',
        externalId,
        operation: 'deleted',
        fields: {},
      })),
    );
    expect(await sync()).toEqual({ read: 28, unchanged: 28 });
  });

  it('that breaks off removes nothing', async () => {
    const { serveBody, serve, sync, keys } = await newSource();
    serve(skus(30));
    await sync();
    const whole = gzipSync(`sku,price\n${skus(5).join(',1\n')},1\n`);
    serveBody(whole.subarray(0, -4));
    await expect(sync()).rejects.toThrow('breaks off');
    expect(await keys()).toEqual(skus(30));
  });

  it('brings a row back that comes back, and says so', async () => {
    const { sourceId, serve, sync, keys } = await newSource();
    serve(skus(30));
    await sync();
    serve(skus(29));
    await sync();
    serve(skus(30));
    expect(await sync()).toEqual({ read: 30, unchanged: 29, updated: 1 });
    expect(await keys()).toEqual(skus(30));
    const { items } = await listChanges(ground.session, sourceId, await lastRun(sourceId), all);
    expect(items).toMatchObject([{ externalId: 'k0029', operation: 'undeleted' }]);
  });

  it('takes a rejected row for seen, and removes nothing where a reject has no key', async () => {
    const { sourceId, serveBody, serve, sync, keys } = await newSource();
    serve(skus(30));
    await sync();
    serveBody(['sku,price', 'k0000,cheap', ...skus(27, 1).map((sku) => `${sku},1`)].join('\n'));
    expect(await sync()).toEqual({ read: 28, unchanged: 27, rejected: 1, deleted: 2 });
    serveBody(['sku,price', ',1', ...skus(27, 1).map((sku) => `${sku},1`)].join('\n'));
    expect(await sync()).toEqual({ read: 28, unchanged: 27, rejected: 1 });
    expect(await keys()).toEqual(skus(28));
    const run = await getRun(ground.session, sourceId, await lastRun(sourceId));
    expect(run.warnings).toEqual([{ stream: 'rows', message: expect.stringContaining('no readable key') }]);
  });
});

describe('the guard', () => {
  it('holds a delete of many rows, with the list, until a person confirms it, and can undo it', async () => {
    const { sourceId, serve, sync, keys } = await newSource();
    serve(skus(30));
    await sync();
    serve(skus(20));
    expect(await sync()).toEqual({ read: 20, unchanged: 20 });
    expect(await keys()).toEqual(skus(30));
    const held = await heldBy(sourceId);
    expect(held).toMatchObject({ dataset: 'parts', vanished: 10, present: 30, status: 'held' });
    const id = held?.id ?? '';
    const first = await listDeletionRows(ground.session, sourceId, id, { limit: 6 });
    const rest = await listDeletionRows(ground.session, sourceId, id, {
      limit: 6,
      cursor: first.nextCursor ?? '',
    });
    expect([...first.items, ...rest.items].map(({ externalId }) => externalId)).toEqual(skus(10, 20));
    expect(rest.nextCursor).toBeNull();

    await decide(sourceId, 'confirm', id);
    expect(await keys()).toEqual(skus(20));
    await expect(decide(sourceId, 'confirm', id)).rejects.toMatchObject({ code: 'conflict' });

    await decide(sourceId, 'undo', id);
    expect(await keys()).toEqual(skus(30));
    expect(await sync()).toEqual({ read: 20, unchanged: 20 });
    expect(await keys()).toEqual(skus(30));
    expect(await heldBy(sourceId)).toBeUndefined();
  });

  it('measures the share by all rows that were there, those among them that the same pass has changed', async () => {
    const { sourceId, serve, sync } = await newSource();
    serve(skus(30));
    await sync();
    serve(skus(25), '2');
    expect(await sync()).toEqual({ read: 25, updated: 25, deleted: 5 });
    expect(await heldBy(sourceId)).toBeUndefined();
    serve(skus(18), '3');
    expect(await sync()).toEqual({ read: 18, updated: 18 });
    expect(await heldBy(sourceId)).toMatchObject({ vanished: 7, present: 25 });
  });

  it('keeps rows that a person has kept until the source has shown them once more', async () => {
    const { sourceId, serve, sync, keys } = await newSource();
    serve(skus(30));
    await sync();
    serve(skus(20));
    await sync();
    await decide(sourceId, 'dismiss', (await heldBy(sourceId))?.id ?? '');
    await sync();
    expect(await heldBy(sourceId)).toBeUndefined();
    expect(await keys()).toEqual(skus(30));
    serve(skus(30));
    await sync();
    serve(skus(29));
    expect(await sync()).toMatchObject({ deleted: 1 });
    expect(await keys()).toEqual(skus(29));
  });

  it('lets go of what it held once a later pass has looked again', async () => {
    const { sourceId, id, serve, sync, keys } = await newHeld(30, 20);
    serve(skus(30));
    expect(await sync()).toEqual({ read: 30, unchanged: 30 });
    expect(await heldBy(sourceId)).toBeUndefined();
    await expect(decide(sourceId, 'confirm', id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await keys()).toEqual(skus(30));
  });

  it('removes more rows than one batch holds', async () => {
    const { sourceId, serve, sync, keys } = await newSource();
    serve(skus(9_999));
    await sync();
    serve(skus(1_000));
    await sync();
    const held = await heldBy(sourceId);
    expect(held).toMatchObject({ vanished: 8_999, present: 9_999 });
    await decide(sourceId, 'confirm', held?.id ?? '');
    expect(await keys()).toEqual(skus(1_000));
    await decide(sourceId, 'undo', held?.id ?? '');
    expect(await keys()).toEqual(skus(9_999));
  });
});
