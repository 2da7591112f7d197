import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { listRejects } from '#lib/sources/runs.ts';
import { createSource, updateSource } from '#lib/sources/sources.ts';
import { decideDeletion } from '#lib/sync/deletions/decide.ts';
import { listDeletions } from '#lib/sync/deletions/list.ts';
import type { SyncResult } from '#lib/sync/run.ts';
import { type ChangeView, listChanges } from '#lib/sync/run-changes.ts';
import { startReplay, startSync } from '#lib/sync/start.ts';
import { type Ground, newDataset, prepareGround, rowsOf } from './arrange.ts';

let ground: Ground;
let orders: Dataset;
let lines: Dataset;
beforeAll(async () => {
  ground = await prepareGround();
  const text = (name: string) => ({ name, type: 'text' }) as const;
  orders = await newDataset(ground.session, 'orders', [text('number'), text('vendor')], ['number']);
  lines = await newDataset(
    ground.session,
    'lines',
    [text('number'), { name: 'place', type: 'integer' }, text('sku'), { name: 'quantity', type: 'decimal' }],
    ['number', 'place'],
  );
});
afterAll(() => ground.close());

interface Line {
  readonly sku: string;
  readonly qty: unknown;
}

let made = 0;

/** A JSON source of orders with their lines. */
async function newOrders(config: { readonly updatedAt?: string } = {}) {
  made += 1;
  const path = `/orders-${made}.json`;
  const serve = (
    found: Readonly<Record<string, { vendor?: string; changed?: string; lines: readonly Line[] }>>,
  ) => {
    const rows = Object.entries(found).map(([no, order]) => ({ no, vendor: 'Acme', ...order }));
    ground.source.bodies.set(path, JSON.stringify(rows));
  };
  const fields = {
    number: 'parent.no',
    place: 'index',
    sku: 'sku',
    quantity: 'qty',
  };
  const mapping = {
    dataset: 'orders',
    fields: { number: 'no', vendor: 'vendor' },
    also: [{ dataset: 'lines', each: 'lines', fields }],
  };
  const { id } = await createSource(
    ground.session,
    sourceInput.parse({
      sourceType: 'json',
      displayName: 'Orders',
      config: { url: `${ground.source.url}${path}`, ...config },
      streams: { rows: mapping },
    }),
  );
  return { id, serve, mapping };
}

async function sync(sourceId: string, options: { dryRun?: boolean } = {}) {
  const { runs } = await startSync(ground.session, { sourceId, mode: 'full', ...options });
  const job = await ground.jobDone(runs[0]?.jobId ?? '');
  expect(job).toMatchObject({ status: 'completed' });
  const { streams } = job.result as SyncResult;
  return { runId: runs[0]?.runId ?? '', rows: streams.rows, lines: streams['rows.lines'] };
}

async function linesOf(sourceId: string): Promise<string[]> {
  const rows = await rowsOf<{ number: string; place: string; sku: string }>(ground, lines, sourceId);
  return rows.map(({ number, place, sku }) => `${number}/${place} ${sku}`);
}

const bolt = { sku: 'bolt', qty: 1 };
const nut = { sku: 'nut', qty: '2.50' };

it('an order and its lines come from one row, and a line that is gone from its order goes', async () => {
  const { id, serve } = await newOrders();
  serve({ A: { lines: [bolt, nut] }, B: { lines: [bolt] } });
  expect(await sync(id)).toMatchObject({
    rows: { read: 2, inserted: 2 },
    lines: { read: 3, inserted: 3, deleted: 0 },
  });
  serve({ A: { lines: [nut] }, B: { lines: [bolt] } });
  expect(await sync(id)).toMatchObject({
    rows: { read: 2, unchanged: 2 },
    lines: { read: 2, updated: 1, unchanged: 1, deleted: 1 },
  });
  expect(await linesOf(id)).toEqual(['A/1 nut', 'B/1 bolt']);
});

it('an order that vanishes takes its lines with it', async () => {
  const { id, serve } = await newOrders();
  serve({ A: { lines: [bolt, nut] }, B: { lines: [bolt] } });
  await sync(id);
  serve({ B: { lines: [bolt] } });
  expect(await sync(id)).toMatchObject({ rows: { read: 1, deleted: 1 } });
  expect(await linesOf(id)).toEqual(['B/1 bolt']);
  serve({ A: { lines: [bolt] }, B: { lines: [bolt] } });
  expect(await sync(id)).toMatchObject({ lines: { updated: 1 } });
  expect(await linesOf(id)).toEqual(['A/1 bolt', 'B/1 bolt']);
});

it('lines come back with their order although it says that it changed before it vanished', async () => {
  const { id, serve } = await newOrders({ updatedAt: 'changed' });
  const changed = '2026-01-01T00:00:00Z';
  const both = { A: { changed, lines: [bolt, nut] }, B: { changed, lines: [bolt] } };
  serve(both);
  await sync(id);
  serve({ B: both.B });
  await sync(id);
  serve(both);
  await sync(id);
  expect(await linesOf(id)).toEqual(['A/1 bolt', 'A/2 nut', 'B/1 bolt']);
});

it('an older state of an order brings no line that the newer one does not have, and takes none', async () => {
  const { id, serve } = await newOrders({ updatedAt: 'changed' });
  const at = (month: number, lines: readonly Line[]) => ({ changed: `2026-0${month}-01T00:00:00Z`, lines });
  serve({ A: at(3, [bolt]), B: at(3, [bolt, nut]), C: at(1, [bolt]) });
  await sync(id);
  serve({ A: at(2, [bolt, nut]), B: at(2, [bolt]), C: at(1, [bolt, nut]) });
  expect(await sync(id)).toMatchObject({ lines: { inserted: 1, deleted: 0 } });
  expect(await linesOf(id)).toEqual(['A/1 bolt', 'B/1 bolt', 'B/2 nut', 'C/1 bolt', 'C/2 nut']);
});

it('undoing a deletion brings back the lines of the orders that it brings back, and of no other', async () => {
  const { id, serve } = await newOrders();
  serve({ A: { lines: [bolt] }, B: { lines: [bolt, nut] }, C: { lines: [bolt] } });
  await sync(id);
  serve({ C: { lines: [bolt] } });
  await sync(id);
  serve({ B: { lines: [bolt] }, C: { lines: [bolt] } });
  await sync(id);
  expect(await linesOf(id)).toEqual(['B/1 bolt', 'C/1 bolt']);
  const { items } = await listDeletions(ground.session, { sourceId: id, status: 'applied' }, { limit: 1 });
  const { jobId } = await decideDeletion(ground.session, id, items[0]?.id ?? '', 'undo');
  expect(await ground.jobDone(jobId ?? '')).toMatchObject({ status: 'completed' });
  expect(await linesOf(id)).toEqual(['A/1 bolt', 'B/1 bolt', 'C/1 bolt']);
});

it('a bad line is set aside alone, keeps the line that is there, and comes in once the mapping takes it', async () => {
  const { id, serve, mapping } = await newOrders();
  serve({ A: { lines: [bolt, nut] } });
  await sync(id);
  serve({ A: { lines: [{ sku: 'bolt', qty: 'many' }, nut, nut] } });
  expect(await sync(id)).toMatchObject({
    rows: { unchanged: 1, rejected: 0 },
    lines: { read: 3, inserted: 1, unchanged: 1, rejected: 1, deleted: 0 },
  });
  const { items } = await listRejects(ground.session, { sourceId: id }, { limit: 5 });
  expect(items).toMatchObject([{ field: 'lines[0]: quantity', value: 'many', resolvedAt: null }]);

  const fields = {
    ...mapping.also[0]?.fields,
    quantity: { from: 'qty', transform: [{ name: 'nullIf', values: ['many'] }] },
  };
  const [also] = mapping.also;
  await updateSource(ground.session, id, {
    streams: sourceInput.shape.streams.parse({ rows: { ...mapping, also: [{ ...also, fields }] } }),
  });
  const { jobId } = await startReplay(ground.session, id);
  expect(await ground.jobDone(jobId)).toMatchObject({ status: 'completed' });
  const after = await listRejects(ground.session, { sourceId: id }, { limit: 5 });
  expect(after.items).toMatchObject([{ resolvedAt: expect.any(String) }]);
  expect(await linesOf(id)).toEqual(['A/1 bolt', 'A/2 nut', 'A/3 nut']);
});

it('a replay that fails once more says why now, and an older row overwrites no newer one', async () => {
  const { id, serve } = await newOrders();
  serve({ A: { lines: [{ sku: 'bolt', qty: 'many' }] } });
  await sync(id);
  const { jobId } = await startReplay(ground.session, id);
  await ground.jobDone(jobId);
  const { items } = await listRejects(ground.session, { sourceId: id }, { limit: 5 });
  expect(items).toMatchObject([{ resolvedAt: null, reason: expect.stringContaining('number') }]);
  serve({ A: { lines: [nut] } });
  await sync(id);
  const answered = await listRejects(ground.session, { sourceId: id }, { limit: 5 });
  expect(answered.items).toMatchObject([{ resolvedAt: expect.any(String) }]);
  expect(await linesOf(id)).toEqual(['A/1 nut']);
});

it('a dry run shows the same changes as the sync after it, and writes nothing', async () => {
  const { id, serve } = await newOrders();
  serve({ A: { lines: [bolt, nut] }, B: { vendor: 'Old', lines: [] } });
  await sync(id);
  serve({ A: { lines: [nut] }, B: { vendor: 'New', lines: [bolt] }, C: { lines: [] } });
  const before = [await rowsOf(ground, orders, id), await rowsOf(ground, lines, id)];
  const planned = await sync(id, { dryRun: true });
  expect([await rowsOf(ground, orders, id), await rowsOf(ground, lines, id)]).toEqual(before);
  const real = await sync(id);
  expect({ ...real, runId: '' }).toEqual({ ...planned, runId: '' });
  const changes = async (runId: string) => {
    const { items } = await listChanges(ground.session, id, runId, { limit: 100 });
    const key = (change: ChangeView) => `${change.dataset} ${change.externalId}`;
    return items.sort((one, other) => (key(one) < key(other) ? -1 : 1));
  };
  expect(await changes(planned.runId)).toEqual(await changes(real.runId));
  expect(await changes(real.runId)).toContainEqual({
    dataset: 'orders',
    stream: 'rows',
    externalId: 'B',
    operation: 'updated',
    fields: { vendor: { before: 'Old', after: 'New' } },
  });
});
