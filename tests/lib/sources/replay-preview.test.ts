import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourcePatch } from '#lib/sources/definition.ts';
import { countParked, previewReplay } from '#lib/sources/replay-preview.ts';
import { listRejects } from '#lib/sources/runs.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';
import { startReplay } from '#lib/sync/start.ts';
import { type Ground, newDataset, newSource, prepareGround, syncCounts } from '#tests/lib/sync/arrange.ts';

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;

let ground: Ground;
let id: string;
beforeAll(async () => {
  ground = await prepareGround();
  await newDataset(ground.session, 'parts', columns, ['sku']);
  const dear = Array.from({ length: 60 }, (_, index) => `k${index},${index === 7 ? 'dear' : '$5'}`);
  ground.source.bodies.set('/parts.csv', ['sku,price', 'fine,1', ...dear, 'broken,1,2,3'].join('\n'));
  id = await newSource(ground.session, {
    sourceType: 'csv',
    config: { url: `${ground.source.url}/parts.csv` },
    dataset: 'parts',
    fields: { sku: 'sku', price: 'price' },
  });
  await syncCounts(ground, id);
});
afterAll(() => ground.close());

async function preview() {
  return previewReplay(ground.session, await getSource(ground.session, id));
}

async function open(status: 'open' | 'resolved') {
  const { items } = await listRejects(ground.session, { sourceId: id, status }, { limit: 500 });
  return items;
}

describe('the rows that wait to be replayed', () => {
  it('are counted by stream, without what could not be read', async () => {
    expect(await countParked(ground.session, id)).toEqual({ rows: 60 });
  });

  it('are listed apart from what could not be read, and by stream', async () => {
    const listed = async (of: { stream?: string; replayable?: boolean }) =>
      (await listRejects(ground.session, { sourceId: id, ...of }, { limit: 500 })).items;
    expect(await listed({ stream: 'rows', replayable: true })).toHaveLength(60);
    expect(await listed({ replayable: false })).toMatchObject([{ replayable: false }]);
    expect(await listed({ stream: 'others' })).toEqual([]);
  });
});

describe('what a replay would take', () => {
  it('is nothing while the mapping is as it was, and what could not be read is not tried', async () => {
    expect((await open('open')).filter(({ replayable }) => replayable)).toHaveLength(60);
    expect(await preview()).toMatchObject([{ stream: 'rows', parked: 60, tried: 50, taken: 0 }]);
  });

  it('is what the changed mapping takes of the first rows, with the reason of the others, as the replay then does', async () => {
    const price = { from: 'price', transform: ['number'] };
    const columns = ['sku', 'price'];
    const streams = { rows: { dataset: 'parts', columns, fields: { sku: 'sku', price } } };
    await updateSource(ground.session, id, sourcePatch.parse({ streams }));
    expect(await preview()).toEqual([
      {
        stream: 'rows',
        parked: 60,
        tried: 50,
        taken: 49,
        rejects: [{ row: 8, field: 'price', reason: expect.any(String), value: 'dear' }],
      },
    ]);
    const { jobId } = await startReplay(ground.session, id);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'completed' });
    expect(await open('resolved')).toHaveLength(59);
    expect((await open('open')).map(({ value }) => value)).toContain('dear');
    expect(await preview()).toMatchObject([{ parked: 1, tried: 1, taken: 0 }]);
  });
});
