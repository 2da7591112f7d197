import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import { updateSource } from '#lib/sources/sources.ts';
import {
  type Ground,
  look,
  newDataset,
  newOwner,
  newParts,
  type Parts,
  prepareGround,
  rowsOf,
} from './arrange.ts';

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'name', 'price');
});
afterAll(() => ground.close());

describe('a full sync', () => {
  it('brings every row in, and leaves all of them untouched the second time', async () => {
    const source = await parts.newSource('sku,name,price\na,Anvil,1.50\nb,Bolt,\n');
    expect(await source.counts()).toEqual({ read: 2, inserted: 2 });
    const first = await source.rows();
    expect(first).toMatchObject([
      { sku: 'a', name: 'Anvil', price: '1.50', external_id: 'a', source_system: 'csv', stream: 'rows' },
      { sku: 'b', name: 'Bolt', price: null },
    ]);
    expect(await source.counts()).toEqual({ read: 2, unchanged: 2 });
    expect(await source.rows()).toEqual(first);
  });

  it('writes what has changed, and keeps what the source no longer has', async () => {
    const source = await parts.newSource('sku,name,price\na,Anvil,1\nb,Bolt,2\n');
    await source.counts();
    source.serve('sku,name,price\na,Anvil,1\nc,Cog,3\nb,Bolt M8,2\n');
    expect(await source.counts()).toEqual({ read: 3, inserted: 1, updated: 1, unchanged: 1 });
    expect((await source.rows()).map((row) => row.name)).toEqual(['Anvil', 'Bolt M8', 'Cog']);
  });

  it('keeps the last of a key that comes twice, in a page and across pages', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `m${index},many,${index}\n`).join('');
    const source = await parts.newSource(
      `sku,name,price\na,first,1\na,second,1\n${many}a,third,1\nb,one,1\n`,
    );
    expect(await source.counts()).toEqual({ read: 5_004, inserted: 5_002, superseded: 2 });
    expect((await source.rows())[0]).toMatchObject({ sku: 'a', name: 'third' });
  });

  it('tells absent and null from an empty text', async () => {
    const rows = [{ sku: 'a', name: '' }, { sku: 'b', name: null, price: '' }, { sku: 'c' }];
    const source = await parts.newSource(JSON.stringify(rows), { sourceType: 'json' });
    await source.counts();
    expect((await source.rows()).map(({ name, price }) => ({ name, price }))).toEqual([
      { name: '', price: null },
      { name: null, price: null },
      { name: null, price: null },
    ]);
  });

  it('carries numbers that JavaScript cannot hold through the spool, digit by digit', async () => {
    const exact = ['12345678901234567890.1234567890', '1.10', '0.1', '1e3', '-0.000001'];
    const rows = exact.map((price, index) => `{"sku":900719925474099301${index},"price":${price}}`);
    const source = await parts.newSource(`[${rows.join(',')}]`, { sourceType: 'json' });
    await source.counts();
    expect((await source.rows()).map(({ sku, price }) => [sku, price])).toEqual([
      ['9007199254740993010', '12345678901234567890.1234567890'],
      ['9007199254740993011', '1.10'],
      ['9007199254740993012', '0.1'],
      ['9007199254740993013', '1000'],
      ['9007199254740993014', '-0.000001'],
    ]);
  });

  it('takes names with quotes, of any script, and of 63 bytes', async () => {
    const names = ['he said "hi"', "it's; drop table", 'größe', '名前', '🧲 magnet', 'x'.repeat(63), 'Known'];
    const strange: Column[] = names.map((name) => ({ name, type: 'text' }));
    const dataset = await newDataset(ground.session, 'strange', strange, [names[0] as string]);
    const fields = Object.fromEntries(names.map((name) => [name, name]));
    const row = Object.fromEntries(names.map((name, index) => [name, `value ${index} of ${name}`]));
    const source = await parts.newSource(JSON.stringify([row]), {
      sourceType: 'json',
      fields,
      dataset: 'strange',
    });
    expect(await source.counts()).toEqual({ read: 1, inserted: 1 });
    expect(await rowsOf(ground, dataset, source.id)).toMatchObject([row]);
    expect(await source.counts()).toEqual({ read: 1, unchanged: 1 });
  });

  it('takes 100,000 rows from one source', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `k${index},Part ${index},${index}.25`);
    const source = await parts.newSource(`sku,name,price\n${lines.join('\n')}\n`);
    expect(await source.counts()).toEqual({ read: 100_000, inserted: 100_000 });
    const sum = `select count(*)::int as rows, sum(price) as price from data.${parts.dataset.table.name} where source_id = $1`;
    expect(await look(ground.database, sum, [source.id])).toEqual([
      { rows: 100_000, price: '4999975000.00' },
    ]);
  });

  it('rewrites every row under a changed mapping, although the source has not changed', async () => {
    const source = await parts.newSource('sku,name,price\na,Anvil,1\n');
    await source.counts();
    const swapped = { sku: 'sku', name: { from: 'name', transform: ['upper' as const] } };
    await updateSource(ground.session, source.id, {
      streams: { rows: { dataset: 'parts', fields: swapped } },
    });
    expect(await source.counts()).toEqual({ read: 1, updated: 1 });
    expect(await source.rows()).toMatchObject([{ name: 'ANVIL' }]);
  });

  it('leaves nothing in the spool', async () => {
    const source = await parts.newSource('sku,name,price\na,Anvil,1\n');
    await source.counts();
    expect([...ground.storage.objects.keys()].filter((path) => path.includes('spool/'))).toEqual([]);
    const [run] = await look(ground.database, 'select * from sync_runs where source_id = $1', [source.id]);
    expect(run).toMatchObject({ status: 'completed', spooled: false, error: null });
  });
});

describe('rows of two sources', () => {
  it('with the same keys stay apart in one dataset', async () => {
    const one = await parts.newSource('sku,name,price\na,of one,1\nb,of one,1\n');
    const two = await parts.newSource('sku,name,price\na,of two,2\n');
    await one.counts();
    await two.counts();
    expect((await one.rows()).map(({ name }) => name)).toEqual(['of one', 'of one']);
    expect((await two.rows()).map(({ name }) => name)).toEqual(['of two']);
  });

  it('stay in their workspaces, for a dataset of the same name', async () => {
    const stranger = await newOwner(ground.database);
    const theirs = await newParts({ ...ground, session: stranger }, 'sku', 'name', 'price');
    const { id, rows, counts } = await theirs.newSource('sku,name,price\na,theirs,1\n');
    await counts();
    expect(await rows()).toMatchObject([{ workspace_id: stranger.workspaceId }]);
    expect(await rowsOf(ground, parts.dataset, id)).toEqual([]);
  });
});
