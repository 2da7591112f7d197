import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reader, startReader } from './arrange.ts';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(() => reader.close());

describe('lists in a Parquet file', () => {
  it('hold texts however long', async () => {
    const long = '\n'.repeat(10_000_000);
    const path = await reader.file({
      columns: { list: 'json' },
      rows: [[JSON.stringify([long])]],
      options: { lists: ['list'] },
    });
    expect(await reader.ask(`select len(list[1]) as length from '${path}'`)).toEqual([
      { length: String(long.length) },
    ]);
  });

  it('are of text, their numbers to the last digit', async () => {
    const cells = ['["a,b", "\\"c\\"", null, 1.10, true]', '[]', null, '[9007199254740993, ""]'];
    const path = await reader.file({
      columns: { list: 'json', other: 'json' },
      rows: cells.map((cell) => [cell, cell]),
      options: { lists: ['list'] },
    });
    const read = await reader.ask(`select list, typeof(list) as type, typeof(other) as other from '${path}'`);
    expect(read.map(({ list }) => list)).toEqual([
      ['a,b', '"c"', null, '1.10', 'true'],
      [],
      null,
      ['9007199254740993', ''],
    ]);
    expect(read[0]).toMatchObject({ type: 'VARCHAR[]', other: 'JSON' });
  });
});
