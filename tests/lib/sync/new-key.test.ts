import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourcePatch } from '#lib/sources/definition.ts';
import { listRuns } from '#lib/sources/runs.ts';
import { updateSource } from '#lib/sources/sources.ts';
import { decideDeletion } from '#lib/sync/deletions/decide.ts';
import { listDeletions } from '#lib/sync/deletions/list.ts';
import { type Ground, newDataset, newParts, type Parts, prepareGround } from './arrange.ts';

const all = { limit: 100 };

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'price');
});
afterAll(() => ground.close());

function csv(count: number): string {
  const rows = Array.from({ length: count }, (_, n) => `old${n},new${n},1`);
  return ['sku,ean,price', ...rows].join('\n');
}

/** A source of 20 rows known by their sku, whose key is then filled from the column `ean`. */
async function rekeyed() {
  const source = await parts.newSource(csv(20));
  expect(await source.counts()).toEqual({ read: 20, inserted: 20 });
  const streams = { rows: { dataset: 'parts', fields: { sku: 'ean', price: 'price' } } };
  await updateSource(ground.session, source.id, sourcePatch.parse({ streams }));
  const keys = async () => (await source.rows<{ sku: string }>()).map(({ sku }) => sku);
  const deletions = async () => (await listDeletions(ground.session, { sourceId: source.id }, all)).items;
  return { ...source, keys, deletions };
}

it('rows of a new key take the place of those of the old one, with a word of it, and that can be undone', async () => {
  const { id, counts, keys, deletions } = await rekeyed();
  expect(await counts()).toEqual({ read: 20, inserted: 20, deleted: 20 });
  expect((await keys()).every((key) => key.startsWith('new'))).toBe(true);
  const [run] = (await listRuns(ground.session, id, { limit: 1 })).items;
  expect(run?.warnings).toEqual([{ stream: 'rows', message: expect.stringContaining('20 rows of the old') }]);
  const [deletion] = await deletions();
  expect(deletion).toMatchObject({ status: 'applied', vanished: 20, present: 20 });
  const { jobId } = await decideDeletion(ground.session, id, deletion?.id ?? '', 'undo');
  expect(await ground.jobDone(jobId ?? '')).toMatchObject({ status: 'completed' });
  expect(await keys()).toHaveLength(40);
});

it('where far fewer rows come with the new key, those of the old one wait for a person', async () => {
  const { serve, counts, keys, deletions } = await rekeyed();
  serve(csv(3));
  expect(await counts()).toEqual({ read: 3, inserted: 3 });
  expect(await deletions()).toMatchObject([{ status: 'held', vanished: 20 }]);
  expect(await keys()).toHaveLength(23);
});

it('once the new key is known, the guard is as it was', async () => {
  const { serve, counts, deletions } = await rekeyed();
  await counts();
  serve(csv(10));
  expect(await counts()).toEqual({ read: 10, unchanged: 10 });
  expect((await deletions())[0]).toMatchObject({ status: 'held', vanished: 10, present: 20 });
});

it('a stream that has filled another dataset meanwhile has no new key, and the guard is as it was', async () => {
  await newDataset(ground.session, 'elsewhere', [{ name: 'code', type: 'text' }], ['code']);
  const source = await parts.newSource(csv(20));
  await source.counts();
  const map = (rows: object) =>
    updateSource(ground.session, source.id, sourcePatch.parse({ streams: { rows } }));
  await map({ dataset: 'elsewhere', fields: { code: 'ean' } });
  await source.counts();
  source.serve(csv(14));
  await map({ dataset: 'parts', fields: { sku: 'sku', price: 'price' } });
  expect(await source.counts()).toEqual({ read: 14, unchanged: 14 });
  const { items } = await listDeletions(ground.session, { sourceId: source.id, status: 'held' }, all);
  expect(items.filter(({ dataset }) => dataset === 'parts')).toMatchObject([
    { reason: 'vanished', vanished: 6, present: 20 },
  ]);
});
