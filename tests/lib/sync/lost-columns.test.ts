import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newColumns } from '#lib/sources/new-columns.ts';
import { getSource } from '#lib/sources/sources.ts';
import { type Ground, look, newParts, type Parts, prepareGround } from './arrange.ts';
import { newPages, numbers } from './paged.ts';

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'name', 'price');
});
afterAll(() => ground.close());

interface Item {
  readonly sku: string;
  readonly [name: string]: unknown;
}

/** So many parts, each with a name and a price. */
function items(count: number, from = 0): Item[] {
  return numbers(count, from).map((n) => ({ sku: `k${n}`, name: `Part ${n}`, price: n + 1 }));
}

function without(rows: readonly Item[], name: string): Item[] {
  return rows.map(({ [name]: _, ...rest }) => rest as Item);
}

const chunks = (rows: readonly Item[]) => [rows.slice(0, 10), rows.slice(10, 30), rows.slice(30)];

/** A source of JSON rows in one file, or page by page: 10 rows, 20 rows, and the rest. */
async function newItems(reading: 'file' | 'pages') {
  const pages = newPages(ground);
  const { config } = reading === 'pages' ? pages : {};
  const source = await parts.newSource('', { sourceType: 'json', ...(config && { config }) });
  return {
    ...source,
    serve: (rows: readonly Item[]) =>
      reading === 'pages' ? pages.serve(...chunks(rows)) : source.serve(JSON.stringify(rows)),
    prices: async () =>
      Object.fromEntries(
        (await source.rows<{ sku: string; price: string | null }>()).map((row) => [row.sku, row.price]),
      ),
    warnings: async () => {
      const [run] = await look<{ warnings: { message: string }[] }>(
        ground.database,
        'select warnings from sync_runs where source_id = $1 order by created_at desc limit 1',
        [source.id],
      );
      return run?.warnings.map(({ message }) => message);
    },
    added: async () => newColumns(ground.session, await getSource(ground.session, source.id)),
  };
}

const LOST =
  'The source no longer has the column “price”. In “parts”, “price” keeps its present values. Change the mapping, or bring it back. The source has: “sku”, “name”.';

describe('a JSON file', () => {
  it('that loses a column which every row had leaves its values, and says so, until it is back', async () => {
    const { serve, counts, prices, warnings } = await newItems('file');
    serve(items(30));
    await counts();
    const before = await prices();
    serve(without(items(31), 'price'));
    for (const _ of [1, 2]) {
      await counts();
      expect(await prices()).toEqual({ ...before, k30: null });
      expect(await warnings()).toEqual([LOST]);
    }
    serve(items(30).map((item) => ({ ...item, price: 7 })));
    await counts();
    expect(new Set(Object.values(await prices()))).toEqual(new Set(['7']));
    expect(await warnings()).toEqual([]);
  });

  it('whose optional column is in no row any more has no value there', async () => {
    const { serve, counts, prices, warnings } = await newItems('file');
    const [first, ...others] = items(30) as [Item, ...Item[]];
    serve([first, ...without(others, 'price')]);
    await counts();
    serve(without([first, ...others], 'price'));
    await counts();
    expect(new Set(Object.values(await prices()))).toEqual(new Set([null]));
    expect(await warnings()).toEqual([]);
  });

  it('of a few rows may have no value in any of them', async () => {
    const { serve, counts, prices, warnings } = await newItems('file');
    serve(items(19));
    await counts();
    serve(without(items(19), 'price'));
    await counts();
    expect(new Set(Object.values(await prices()))).toEqual(new Set([null]));
    expect(await warnings()).toEqual([]);
  });

  it('whose rows have a lost column in part again is believed row by row', async () => {
    const { serve, counts, prices } = await newItems('file');
    serve(items(30));
    await counts();
    serve(without(items(30), 'price'));
    await counts();
    const [first, ...others] = items(30) as [Item, ...Item[]];
    serve([first, ...without(others, 'price')]);
    await counts();
    const { k0, ...rest } = await prices();
    expect(k0).toBe('1');
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });
});

describe('a JSON API of pages', () => {
  it('that loses a column keeps its values from the page on by which that can be told, and says so once', async () => {
    const { serve, counts, prices, warnings } = await newItems('pages');
    serve(items(40));
    await counts();
    const before = Object.entries(await prices());
    serve(without(items(40), 'price'));
    for (const _ of [1, 2]) {
      await counts();
      const early = (sku: string) => Number(sku.slice(1)) < 10;
      expect(await prices()).toEqual(
        Object.fromEntries(before.map(([sku, price]) => [sku, early(sku) ? null : price])),
      );
      expect(await warnings()).toEqual([LOST]);
    }
  });

  it('may have an optional column on one page and not on the others', async () => {
    const { serve, counts, prices, warnings } = await newItems('pages');
    serve(items(40));
    await counts();
    const sparse = [...items(5), ...without(items(35, 5), 'price')];
    serve(sparse);
    await counts();
    expect(Object.values(await prices()).filter((price) => price === null)).toHaveLength(35);
    expect(await warnings()).toEqual([]);
  });

  it('has what is new offered, whichever page has it', async () => {
    const { serve, counts, added, id } = await newItems('pages');
    await look(
      ground.database,
      `update external_data_sources set field_mappings = jsonb_set(field_mappings, '{rows,columns}', '["sku","name","price"]')
       where id = $1`,
      [id],
    );
    serve(
      items(40).map((item, n) =>
        n === 39 ? { ...item, colour: 'red' } : n === 15 ? { ...item, size: 1 } : item,
      ),
    );
    await counts();
    expect(await added()).toEqual([{ stream: 'rows', names: ['size', 'colour'] }]);
  });
});
