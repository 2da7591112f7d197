import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { SyncResult } from '#lib/sync/run.ts';
import { startWorker, type Worker } from '#tests/support/worker.ts';
import { type Ground, keepSweeping, look, newDataset, newSource, prepareGround, sync } from './arrange.ts';

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;

/** A thirtieth of the real times, so that a dead worker's job is taken over soon. */
const timings = {
  leaseMs: 1_500,
  renewMs: 500,
  watchMs: 50,
  sliceMs: 60_000,
  backoffMs: 20,
  longestBackoffMs: 200,
  maxAttempts: 50,
  overdueMs: 500,
};

let worker: Worker;
let ground: Ground;
let parts: Dataset;
beforeAll(async () => {
  worker = await startWorker();
  ground = await prepareGround({ receiver: worker });
  stopSweeping = keepSweeping(timings);
  parts = await newDataset(ground.session, 'parts', columns, ['sku']);
});
afterAll(async () => {
  await stopSweeping();
  await ground.close();
});

let stopSweeping: () => Promise<void>;

/** Four pages: keys that come again within a page and across pages, and rows to be set aside. */
const PAGES = 4;
function body(): string {
  const lines = Array.from({ length: 17_000 }, (_, index) => {
    const sku = index % 100 === 7 ? 'again' : `k${index}`;
    return `${sku},${index % 1_000 === 3 ? 'cheap' : `${index}.5`}`;
  });
  return `sku,price\n${lines.join('\n')}\n`;
}

function newCsvSource(): Promise<string> {
  ground.source.bodies.set('/parts.csv', body());
  const config = { url: `${ground.source.url}/parts.csv` };
  const fields = { sku: 'sku', price: 'price' };
  return newSource(ground.session, { sourceType: 'csv', config, dataset: 'parts', fields });
}

function tableOf(sourceId: string) {
  return look(
    ground.database,
    `select external_id, sku, price, row_hash, deleted_at from data.${parts.table.name}
     where source_id = $1 order by external_id`,
    [sourceId],
  );
}

function rejectsOf(sourceId: string) {
  return look(
    ground.database,
    'select line, external_id, reason from sync_rejects where source_id = $1 order by line',
    [sourceId],
  );
}

describe('a sync whose worker is killed', () => {
  it('after every page, with every message delivered twice, ends in the table of an uninterrupted run', async () => {
    await worker.obey({ timings });
    const calm = await newCsvSource();
    const uninterrupted = await sync(ground, calm);
    expect(uninterrupted).toMatchObject({ status: 'completed' });
    const counts = (uninterrupted.result as SyncResult).streams;
    expect(counts.rows).toMatchObject({ read: 17_000, rejected: 17, superseded: 169 });

    Object.assign(ground.queue.faults, { duplicateAtOnce: 1, duplicateAfterAnswer: 1 });
    await worker.obey({ timings, killAt: { point: 'commit', nth: 2 } });
    const stormy = await newCsvSource();
    const killed = await sync(ground, stormy);
    await ground.queue.idle();
    Object.assign(ground.queue.faults, { duplicateAtOnce: 0, duplicateAfterAnswer: 0 });

    expect(killed).toMatchObject({ status: 'completed', result: uninterrupted.result });
    expect(worker.deaths()).toBeGreaterThanOrEqual(PAGES);
    expect(await tableOf(stormy)).toEqual(await tableOf(calm));
    expect(await rejectsOf(stormy)).toEqual(await rejectsOf(calm));
    expect(spooledObjects()).toEqual([]);
  });

  it('before its spool is noted makes another', async () => {
    await worker.obey({ timings, killAt: [{ point: 'hold', nth: 4 }] });
    const sourceId = await newCsvSource();
    expect(await sync(ground, sourceId)).toMatchObject({ status: 'completed', result: { read: 17_000 } });
    expect(worker.deaths()).toBe(1);
  });

  it('as the queue goes down ends once somebody rings', async () => {
    await worker.obey({ timings, killAt: [{ point: 'commit', nth: 3 }] });
    const sourceId = await newCsvSource();
    const syncing = sync(ground, sourceId);
    await sleep(300);
    ground.queue.faults.api = 'unavailable';
    await sleep(1_000);
    ground.queue.faults.api = 'up';
    expect(await syncing).toMatchObject({ status: 'completed', result: { read: 17_000 } });
  });
});

function spooledObjects(): string[] {
  return [...ground.storage.objects.keys()].filter((path) => path.includes('spool/'));
}
