import { describe, expect, it } from 'vitest';
import { nestedColumns, sampledItems } from '#lib/datasets/suggest-paths.ts';

const named = (
  columns: readonly { readonly name: string; readonly type: string; readonly from?: string }[],
) => columns.map(({ name, type, from }) => [from ?? name, type]);

describe('what lies within columns', () => {
  it('is named by its path, with the type of its values', () => {
    const { paths } = nestedColumns([
      { id: 1, address: { city: 'X', geo: { lat: 1.5 } }, tags: ['a', 'b'] },
      { id: 2, address: { city: null, geo: { lat: 2 }, 'zip.code': '1' } },
    ]);
    expect(named(paths)).toEqual([
      ['address.city', 'text'],
      ['address.geo.lat', 'decimal'],
      ['tags[0]', 'text'],
      ['address["zip.code"]', 'integer'],
    ]);
  });

  it('is a list where its items are objects, whose members the items have', () => {
    const rows = [
      {
        lines: [
          { sku: 'a', cost: { net: 1 } },
          { sku: 'b', note: 'x' },
        ],
      },
      { order: { tags: [1] } },
    ];
    const { lists } = nestedColumns(rows);
    expect(lists.map(({ each, columns }) => [each, named(columns)])).toEqual([
      [
        'lines',
        [
          ['sku', 'text'],
          ['cost.net', 'integer'],
          ['note', 'text'],
        ],
      ],
    ]);
    expect(named(sampledItems([{ no: 7, lines: [{ sku: 'a' }] }], 'lines'))).toEqual([
      ['sku', 'text'],
      ['parent.no', 'integer'],
      ['parent.lines', 'json'],
      ['parent.lines[0].sku', 'text'],
      ['index', 'integer'],
    ]);
  });

  it('is looked for no deeper and no longer than is of use', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(400)}1${'}'.repeat(400)}`);
    expect(nestedColumns([deep]).paths).toEqual([]);
    const wide = { x: Object.fromEntries(Array.from({ length: 1_000 }, (_, place) => [`m${place}`, place])) };
    expect(nestedColumns([wide]).paths).toHaveLength(300);
  });

  it('of a table of texts is nothing', () => {
    expect(nestedColumns([{ a: '{"b":1}', c: 1 }])).toEqual({ paths: [], lists: [] });
  });
});
