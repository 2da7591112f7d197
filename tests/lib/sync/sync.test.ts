import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { updateSource } from '#lib/sources/sources.ts';
import {
  type Ground,
  look,
  newDataset,
  newOwner,
  newSource,
  prepareGround,
  rowsOf,
  syncCounts,
} from './arrange.ts';

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;
const fields: FieldMapping = { sku: 'sku', name: 'name', price: 'price' };

let ground: Ground;
let parts: Dataset;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newDataset(ground.session, 'parts', columns, ['sku']);
});
afterAll(() => ground.close());

let sources = 0;

/** A source of that text; `serve` puts another in its place. */
async function textSource(
  text: string,
  {
    type = 'csv',
    mapping = fields,
    dataset = 'parts',
  }: { type?: 'csv' | 'json'; mapping?: FieldMapping; dataset?: string } = {},
) {
  sources += 1;
  const path = `/${sources}.${type}`;
  const serve = (body: string) => ground.source.bodies.set(path, body);
  serve(text);
  const config = { url: ground.source.url + path };
  const id = await newSource(ground.session, { sourceType: type, config, dataset, fields: mapping });
  return { id, serve, rows: () => rowsOf(ground, parts, id) };
}

describe('a full sync', () => {
  it('brings every row in, and leaves all of them untouched the second time', async () => {
    const source = await textSource('sku,name,price\na,Anvil,1.50\nb,Bolt,\n');
    expect(await syncCounts(ground, source.id)).toEqual({ read: 2, inserted: 2 });
    const first = await source.rows();
    expect(first).toMatchObject([
      { sku: 'a', name: 'Anvil', price: '1.50', external_id: 'a', source_system: 'csv', stream: 'rows' },
      { sku: 'b', name: 'Bolt', price: null },
    ]);
    expect(await syncCounts(ground, source.id)).toEqual({ read: 2, unchanged: 2 });
    expect(await source.rows()).toEqual(first);
  });

  it('writes what has changed, and keeps what the source no longer has', async () => {
    const source = await textSource('sku,name,price\na,Anvil,1\nb,Bolt,2\n');
    await syncCounts(ground, source.id);
    source.serve('sku,name,price\na,Anvil,1\nc,Cog,3\nb,Bolt M8,2\n');
    expect(await syncCounts(ground, source.id)).toEqual({ read: 3, inserted: 1, updated: 1, unchanged: 1 });
    expect((await source.rows()).map((row) => row.name)).toEqual(['Anvil', 'Bolt M8', 'Cog']);
  });

  it('keeps the last of a key that comes twice, in a page and across pages', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `m${index},many,${index}\n`).join('');
    const source = await textSource(`sku,name,price\na,first,1\na,second,1\n${many}a,third,1\nb,one,1\n`);
    expect(await syncCounts(ground, source.id)).toEqual({ read: 5_004, inserted: 5_002, superseded: 2 });
    expect((await source.rows())[0]).toMatchObject({ sku: 'a', name: 'third' });
  });

  it('tells absent and null from an empty text', async () => {
    const rows = [{ sku: 'a', name: '' }, { sku: 'b', name: null, price: '' }, { sku: 'c' }];
    const source = await textSource(JSON.stringify(rows), { type: 'json' });
    await syncCounts(ground, source.id);
    expect((await source.rows()).map(({ name, price }) => ({ name, price }))).toEqual([
      { name: '', price: null },
      { name: null, price: null },
      { name: null, price: null },
    ]);
  });

  it('carries numbers that JavaScript cannot hold through the spool, digit by digit', async () => {
    const exact = ['12345678901234567890.1234567890', '1.10', '0.1', '1e3', '-0.000001'];
    const rows = exact.map((price, index) => `{"sku":900719925474099301${index},"price":${price}}`);
    const source = await textSource(`[${rows.join(',')}]`, { type: 'json' });
    await syncCounts(ground, source.id);
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
    const mapping = Object.fromEntries(names.map((name) => [name, name]));
    const row = Object.fromEntries(names.map((name, index) => [name, `value ${index} of ${name}`]));
    const source = await textSource(JSON.stringify([row]), { type: 'json', mapping, dataset: 'strange' });
    expect(await syncCounts(ground, source.id)).toEqual({ read: 1, inserted: 1 });
    expect(await rowsOf(ground, dataset, source.id)).toMatchObject([row]);
    expect(await syncCounts(ground, source.id)).toEqual({ read: 1, unchanged: 1 });
  });

  it('takes 100,000 rows from one source', { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `k${index},Part ${index},${index}.25`);
    const source = await textSource(`sku,name,price\n${lines.join('\n')}\n`);
    expect(await syncCounts(ground, source.id)).toEqual({ read: 100_000, inserted: 100_000 });
    const sum = `select count(*)::int as rows, sum(price) as price from data.${parts.table.name} where source_id = $1`;
    expect(await look(ground.database, sum, [source.id])).toEqual([
      { rows: 100_000, price: '4999975000.00' },
    ]);
  });

  it('rewrites every row under a changed mapping, although the source has not changed', async () => {
    const source = await textSource('sku,name,price\na,Anvil,1\n');
    await syncCounts(ground, source.id);
    const swapped = { sku: 'sku', name: { from: 'name', transform: ['upper' as const] } };
    await updateSource(ground.session, source.id, {
      streams: { rows: { dataset: 'parts', fields: swapped } },
    });
    expect(await syncCounts(ground, source.id)).toEqual({ read: 1, updated: 1 });
    expect(await source.rows()).toMatchObject([{ name: 'ANVIL' }]);
  });

  it('leaves nothing in the spool', async () => {
    const source = await textSource('sku,name,price\na,Anvil,1\n');
    await syncCounts(ground, source.id);
    expect([...ground.storage.objects.keys()].filter((path) => path.includes('spool/'))).toEqual([]);
    const [run] = await look(ground.database, 'select * from sync_runs where source_id = $1', [source.id]);
    expect(run).toMatchObject({ status: 'completed', spooled: false, error: null });
  });
});

describe('rows of two sources', () => {
  it('with the same keys stay apart in one dataset', async () => {
    const one = await textSource('sku,name,price\na,of one,1\nb,of one,1\n');
    const two = await textSource('sku,name,price\na,of two,2\n');
    await syncCounts(ground, one.id);
    await syncCounts(ground, two.id);
    expect((await one.rows()).map(({ name }) => name)).toEqual(['of one', 'of one']);
    expect((await two.rows()).map(({ name }) => name)).toEqual(['of two']);
  });

  it('stay in their workspaces, for a dataset of the same name', async () => {
    const stranger = await newOwner(ground.database);
    const theirs = await newDataset(stranger, 'parts', columns, ['sku']);
    ground.source.bodies.set('/theirs.csv', 'sku,name,price\na,theirs,1\n');
    const config = { url: `${ground.source.url}/theirs.csv` };
    const id = await newSource(stranger, { sourceType: 'csv', config, dataset: 'parts', fields });
    await syncCounts(ground, id, stranger);
    expect(await rowsOf(ground, theirs, id)).toMatchObject([{ workspace_id: stranger.workspaceId }]);
    expect(await rowsOf(ground, parts, id)).toEqual([]);
  });
});
