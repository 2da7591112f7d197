import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { startSync } from '#lib/sync/start.ts';
import { fast } from '#tests/lib/jobs/arrange.ts';
import { configFor } from '#tests/support/vendor/config.ts';
import { startVendor } from '#tests/support/vendor/vendor.ts';
import { type Ground, newDataset, newSource, prepareGround, rowsOf, sync } from './arrange.ts';

let ground: Ground;
let parts: Dataset;
beforeAll(async () => {
  // Less than a page is given, so that each slice ends after its first.
  ground = await prepareGround({
    pooled: true,
    workshop: { timings: { ...fast, leaseMs: 45_000, sliceMs: 4_900 } },
  });
  parts = await newDataset(ground.session, 'parts', [{ name: 'sku', type: 'text' }], ['sku']);
});
afterAll(() => ground.close());

it('with little time, and behind a pooler, a run goes on slice by slice, and asks its source once', async () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => `k${index},1\n`).join('');
  ground.source.bodies.set('/parts.csv', `sku,price\n${rows}`);
  const config = { url: `${ground.source.url}/parts.csv` };
  const fields = { sku: 'sku' };
  const sourceId = await newSource(ground.session, { sourceType: 'csv', config, dataset: 'parts', fields });
  const job = await sync(ground, sourceId);
  expect(job).toMatchObject({ status: 'completed', result: { read: 12_000, inserted: 12_000 } });
  expect(job.seq).toBe(4);
  expect(ground.source.requests).toHaveLength(1);
  expect(await rowsOf(ground, parts, sourceId)).toHaveLength(12_000);
});

it('with little time a run comes to its end behind the last page of an API', async () => {
  const vendor = await startVendor();
  vendor.table('parts').fill(25, (index) => ({ sku: `k${index}` }));
  const sourceId = await newSource(ground.session, {
    sourceType: 'json',
    config: configFor(vendor, 'cursor', 'parts', { pageRows: 10 }),
    dataset: 'parts',
    fields: { sku: 'sku' },
  });
  const job = await sync(ground, sourceId);
  expect(job).toMatchObject({ status: 'completed', seq: 4, result: { inserted: 25 } });
  expect(vendor.calls).toHaveLength(3);
  vendor.close();
});

/** A byte now and then, and never a whole row. */
async function* dripping(): AsyncGenerator<string> {
  yield 'sku,price\n';
  for (;;) {
    yield 'k';
    await sleep(50);
  }
}

it('a source that keeps sending without ever completing a page is given up when the slice is over', async () => {
  ground.source.bodies.set('/dripping.csv', dripping);
  const sourceId = await newSource(ground.session, {
    sourceType: 'csv',
    config: { url: `${ground.source.url}/dripping.csv` },
    dataset: 'parts',
    fields: { sku: 'sku' },
  });
  const { runs } = await startSync(ground.session, { sourceId, mode: 'full' });
  const jobId = runs[0]?.jobId ?? '';
  const job = await ground.jobUntil(jobId, ({ seq }) => seq === 1);
  expect(job).toMatchObject({ status: 'queued', error: { code: 'NETWORK_ERROR' } });
  expect(job.error?.message).toContain('too slow');
  await cancelJob(ground.session, jobId);
  await ground.jobDone(jobId);
});
