import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newColumns } from '#lib/sources/new-columns.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';
import { startSync } from '#lib/sync/start.ts';
import { type Ground, newDataset, newSource, prepareGround, syncCounts } from '#tests/lib/sync/arrange.ts';

const fields = { sku: 'sku', name: 'name' };

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
  const columns = ['sku', 'name'].map((name) => ({ name, type: 'text' as const }));
  await newDataset(ground.session, 'parts', columns, ['sku']);
});
afterAll(() => ground.close());

async function found(sourceId: string) {
  return newColumns(ground.session, await getSource(ground.session, sourceId));
}

/** Saves the mapping as it is, made for these columns. */
async function saveFor(sourceId: string, columns: string[]): Promise<void> {
  await updateSource(ground.session, sourceId, { streams: { rows: { dataset: 'parts', fields, columns } } });
}

describe('columns that a sync finds', () => {
  it('are new until the mapping is saved with them, or the source has them no more', async () => {
    const config = { url: `${ground.source.url}/parts.csv` };
    const id = await newSource(ground.session, { sourceType: 'csv', config, dataset: 'parts', fields });
    ground.source.bodies.set('/parts.csv', 'sku,colour,name,size\na,red,Anvil,9\n');
    await syncCounts(ground, id);
    expect(await found(id)).toEqual([]);

    await saveFor(id, ['sku', 'name']);
    expect(await found(id)).toEqual([{ stream: 'rows', names: ['colour', 'size'] }]);
    await saveFor(id, ['sku', 'colour', 'name', 'size']);
    expect(await found(id)).toEqual([]);

    ground.source.bodies.set('/parts.csv', 'sku,name,weight\na,Anvil,9\n');
    await syncCounts(ground, id);
    expect(await found(id)).toEqual([{ stream: 'rows', names: ['weight'] }]);
    ground.source.bodies.set('/parts.csv', 'sku,name\na,Anvil\n');
    await syncCounts(ground, id);
    expect(await found(id)).toEqual([]);
  });

  it('stay new where a later pass over a few changed rows does not meet them', async () => {
    const rows = (...items: object[]) => ground.source.bodies.set('/parts.json', JSON.stringify(items));
    const incremental = { type: 'timestamp', column: 'at', parameter: 'since', format: 'iso' };
    const config = { url: `${ground.source.url}/parts.json`, incremental };
    const id = await newSource(ground.session, { sourceType: 'json', config, dataset: 'parts', fields });
    await saveFor(id, ['sku', 'name', 'at']);
    rows({ sku: 'a', name: 'Anvil', at: '2026-01-01T00:00:00Z', size: 9 });
    await syncCounts(ground, id);
    rows({ sku: 'b', name: 'Bolt', at: '2026-01-02T00:00:00Z', colour: 'red' });
    const { runs } = await startSync(ground.session, { sourceId: id, mode: 'incremental' });
    expect(await ground.jobDone(runs[0]?.jobId ?? '')).toMatchObject({ status: 'completed' });
    expect(await found(id)).toEqual([{ stream: 'rows', names: ['size', 'colour'] }]);
  });
});
