import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { sourceInput, sourcePatch } from '#lib/sources/definition.ts';
import { createSource, updateSource } from '#lib/sources/sources.ts';
import { decideDeletion } from '#lib/sync/deletions/decide.ts';
import { listDeletionRows, listDeletions } from '#lib/sync/deletions/list.ts';
import { type Ground, newDataset, prepareGround, rowsOf, syncCounts } from './arrange.ts';

let ground: Ground;
let orders: Dataset;
let invoices: Dataset;
let lines: Dataset;
beforeAll(async () => {
  ground = await prepareGround();
  const text = (name: string) => ({ name, type: 'text' }) as const;
  orders = await newDataset(ground.session, 'orders', [text('number')], ['number']);
  invoices = await newDataset(ground.session, 'invoices', [text('number')], ['number']);
  lines = await newDataset(ground.session, 'lines', [text('number'), text('sku')], ['number', 'sku']);
});
afterAll(() => ground.close());

const fields = { number: 'no' };
const lists = {
  also: [{ dataset: 'lines', each: 'lines', fields: { number: 'parent.no', sku: 'sku' } }],
};

let made = 0;

/** A synced source of two orders with a line each. */
async function newOrders() {
  made += 1;
  const path = `/orders-${made}.json`;
  const body = ['A', 'B'].map((no) => ({ no, lines: [{ sku: 'bolt' }] }));
  ground.source.bodies.set(path, JSON.stringify(body));
  const { id } = await createSource(
    ground.session,
    sourceInput.parse({
      sourceType: 'json',
      displayName: 'Orders',
      config: { url: ground.source.url + path },
      streams: { rows: { dataset: 'orders', fields, ...lists } },
    }),
  );
  await syncCounts(ground, id);
  return {
    id,
    map: (rows: object | null) => updateSource(ground.session, id, sourcePatch.parse({ streams: { rows } })),
    async keys(dataset: Dataset) {
      return (await rowsOf<{ number: string }>(ground, dataset, id)).map(({ number }) => number);
    },
    async deletions() {
      return (await listDeletions(ground.session, { sourceId: id }, { limit: 100 })).items;
    },
    async decide(deletionId: string | undefined, decision: 'confirm' | 'undo') {
      const { jobId } = await decideDeletion(ground.session, id, deletionId ?? '', decision);
      expect(await ground.jobDone(jobId ?? '')).toMatchObject({ status: 'completed' });
    },
  };
}

it('a stream sent elsewhere leaves its rows to a person, who removes them and nothing else, and brings them back', async () => {
  const { id, map, keys, deletions, decide } = await newOrders();
  await map({ dataset: 'invoices', fields, ...lists });
  const [left, ...others] = await deletions();
  expect(others).toEqual([]);
  expect(left).toMatchObject({ reason: 'unmapped', status: 'held', dataset: 'orders', vanished: 2 });
  const listed = await listDeletionRows(ground.session, id, left?.id ?? '', { limit: 10 });
  expect(listed.items).toEqual([{ externalId: 'A' }, { externalId: 'B' }]);
  await syncCounts(ground, id);
  expect([await keys(orders), await keys(invoices), await keys(lines)]).toEqual([
    ['A', 'B'],
    ['A', 'B'],
    ['A', 'B'],
  ]);
  expect((await deletions())[0]).toMatchObject({ status: 'held' });
  await decide(left?.id, 'confirm');
  expect([await keys(orders), await keys(invoices), await keys(lines)]).toEqual([[], ['A', 'B'], ['A', 'B']]);
  await decide(left?.id, 'undo');
  expect(await keys(orders)).toEqual(['A', 'B']);
});

it('a stream that is mapped no more leaves the rows of all its datasets, until it is mapped again', async () => {
  const { map, deletions } = await newOrders();
  await map(null);
  const found = (await deletions()).map(({ dataset, reason, status }) => [dataset, reason, status]).sort();
  expect(found).toEqual([
    ['lines', 'unmapped', 'held'],
    ['orders', 'unmapped', 'held'],
  ]);
  await map({ dataset: 'orders', fields });
  const after = (await deletions()).map(({ dataset, status }) => [dataset, status]).sort();
  expect(after).toEqual([
    ['lines', 'held'],
    ['orders', 'superseded'],
  ]);
});

it('a list that is taken no more leaves its rows, and a change within a mapping none', async () => {
  const { map, keys, deletions, decide } = await newOrders();
  await map({ dataset: 'orders', fields, ...lists, keepExtra: true });
  expect(await deletions()).toEqual([]);
  await map({ dataset: 'orders', fields });
  const [left] = await deletions();
  expect(left).toMatchObject({ reason: 'unmapped', status: 'held', dataset: 'lines', vanished: 2 });
  await decide(left?.id, 'confirm');
  expect([await keys(orders), await keys(lines)]).toEqual([['A', 'B'], []]);
});
