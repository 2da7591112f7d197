import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRejects, listRuns } from '#lib/sources/runs.ts';
import { listDeletions } from '#lib/sync/deletions/list.ts';
import { forgetHistory } from '#lib/sync/retention.ts';
import { listChanges } from '#lib/sync/run-changes.ts';
import { type Ground, look, newParts, type Parts, prepareGround } from './arrange.ts';

const all = { limit: 100 };
const history = ['sync_runs', 'sync_changes', 'sync_revisions', 'sync_rejects', 'sync_deletions'];

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'price');
});
afterAll(() => ground.close());

/** A source that was synced three times: rows came, one changed and one was set aside, one vanished. */
async function syncedSource() {
  const source = await parts.newSource('sku,price\na,1\nb,1\nc,1');
  await source.counts();
  source.serve('sku,price\na,2\nb,1\nc,cheap');
  await source.counts();
  source.serve('sku,price\na,2\nc,3');
  await source.counts();
  const { items } = await listRuns(ground.session, source.id, all);
  const [last = '', , first = ''] = items.map(({ id }) => id);
  return { ...source, first, last };
}

async function age(days: number): Promise<void> {
  for (const table of history) {
    await look(ground.database, `update ${table} set created_at = created_at - interval '${days} days'`);
  }
}

it('nothing of the last 90 days is forgotten', async () => {
  const { id, first } = await syncedSource();
  await age(89);
  expect(await forgetHistory()).toBe(0);
  expect((await listChanges(ground.session, id, first, all)).items).toHaveLength(3);
});

it('after 90 days runs and changes are gone, and rows, the last pass and what waits for a person are not', async () => {
  const { id, last, rows } = await syncedSource();
  await look(ground.database, `update sync_rejects set resolved_at = null where source_id = $1`, [id]);
  const before = await rows();
  await age(91);
  expect(await forgetHistory()).toBeGreaterThan(0);
  expect(await rows()).toEqual(before);
  const runs = (await listRuns(ground.session, id, all)).items;
  const rejects = (await listRejects(ground.session, { sourceId: id }, all)).items;
  expect(rejects).toHaveLength(1);
  expect(runs.map((run) => run.id)).toEqual([last, rejects[0]?.runId]);
  expect((await listChanges(ground.session, id, last, all)).items).toEqual([]);
  expect((await listDeletions(ground.session, { sourceId: id }, all)).items).toEqual([]);
  expect(await look(ground.database, 'select from sync_cursors where source_id = $1', [id])).toHaveLength(1);
});

it('a source whose history was forgotten syncs as before', async () => {
  const { serve, counts, keys } = await syncedSource().then((source) => ({
    ...source,
    keys: async () => (await source.rows<{ sku: string }>()).map(({ sku }) => sku),
  }));
  await age(91);
  await forgetHistory();
  serve('sku,price\na,2\nc,3\nd,1');
  expect(await counts()).toEqual({ read: 3, unchanged: 2, inserted: 1 });
  expect(await keys()).toEqual(['a', 'c', 'd']);
});
