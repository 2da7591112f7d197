import { describe, expect, it } from 'vitest';
import { suggestColumns } from '#lib/datasets/suggest.ts';
import { suggestKeys } from '#lib/datasets/suggest-key.ts';

function keysOf(records: readonly Record<string, unknown>[]) {
  const rows = records.map((values) => ({ values }));
  return suggestKeys(rows, suggestColumns(rows));
}

describe('a suggested key', () => {
  it('is a column that tells every row apart, rather a name than a measure', () => {
    const rows = [
      { weight: '1.5', city: 'a', product_id: 7 },
      { weight: '2.5', city: 'b', product_id: 9 },
    ];
    expect(keysOf(rows).map(({ columns }) => columns)).toEqual([['product_id'], ['city'], ['weight']]);
  });

  it('is several columns where one alone repeats', () => {
    const rows = [
      { title: 'It', year: '1990', genre: 'horror' },
      { title: 'It', year: '2017', genre: 'horror' },
      { title: 'Up', year: '2017', genre: 'comedy' },
    ];
    expect(keysOf(rows)[0]).toEqual({ columns: ['title', 'year'], identifies: 3 });
  });

  it('says of how many rows it is the key: without those that repeat it or lack a part', () => {
    const rows = [{ id: 1 }, { id: 1 }, { id: null }, { id: '' }, { id: 2 }];
    expect(keysOf(rows)).toEqual([{ columns: ['id'], identifies: 2 }]);
  });

  it('is never a column of objects, and there is none without columns', () => {
    expect(keysOf([{ tags: ['a'] }, { tags: ['b'] }])).toEqual([]);
    expect(keysOf([])).toEqual([]);
  });
});
