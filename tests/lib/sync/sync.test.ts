import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { type Ground, newDataset, newSource, prepareGround, rowsOf, syncCounts } from './arrange.ts';

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;
const fields = { sku: 'sku', name: 'name', price: 'price' };

let ground: Ground;
let parts: Dataset;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newDataset(ground.session, 'parts', columns, ['sku']);
});
afterAll(() => ground.close());

let sources = 0;

/** A CSV source of that text; `serve` puts another in its place. */
async function csvSource(text: string, mapping = fields, dataset = 'parts') {
  sources += 1;
  const path = `/${sources}.csv`;
  const serve = (body: string) => ground.source.bodies.set(path, body);
  serve(text);
  const config = { url: ground.source.url + path };
  const id = await newSource(ground.session, { sourceType: 'csv', config, dataset, fields: mapping });
  return { id, serve, rows: () => rowsOf(ground, parts, id) };
}

describe('a full sync', () => {
  it('brings every row in and leaves all of them untouched the second time', async () => {
    const source = await csvSource('sku,name,price\na,Anvil,1.50\nb,Bolt,\n');
    expect(await syncCounts(ground, source.id)).toEqual({ read: 2, inserted: 2 });
    const first = await source.rows();
    expect(first).toMatchObject([
      { sku: 'a', name: 'Anvil', price: '1.50', external_id: 'a', source_system: 'csv', stream: 'rows' },
      { sku: 'b', name: 'Bolt', price: null },
    ]);
    expect(await syncCounts(ground, source.id)).toEqual({ read: 2, unchanged: 2 });
    expect(await source.rows()).toEqual(first);
  });
});
