import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { freshGround, type Ground, insertRow } from '#tests/lib/exports/arrange.ts';
import { ask, refusalOf } from './ask.ts';

let ground: Ground;
let sales: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  sales = await ground.dataset(
    [
      { name: 'region', type: 'text' },
      { name: 'kind', type: 'text' },
      { name: 'day', type: 'date' },
      { name: 'price', type: 'decimal' },
      { name: 'amount', type: 'decimal', currency: 'currency' },
      { name: 'currency', type: 'text' },
    ],
    [
      ['north', 'a', '2024-01-15', '1.50', '1', 'USD'],
      ['north', 'a', '2024-02-15', '1.5', '2', 'USD'],
      ['north', 'region', '2024-02-16', '2', '3', 'EUR'],
      ['south', '', '2024-02-17', '4', '4', 'EUR'],
      ['south', null, null, null, null, null],
      [null, 'a', '2024-01-01', '8', '5', 'USD'],
    ] satisfies CellText[][],
  );
});
afterAll(() => ground.close());

const byRegion = { rows: [{ field: 'region' }] };

describe('a pivot', () => {
  it('has a column for each value, nulls and empty texts too, none of them called as another is', async () => {
    const { columns, rows } = await ask(ground, sales, {
      pivot: { ...byRegion, column: { field: 'kind' }, value: { function: 'sum', field: 'price' } },
    });
    expect(columns.map(({ header, type }) => [header, type])).toEqual([
      ['region', 'text'],
      ['(empty)', 'decimal'],
      ['a', 'decimal'],
      ['region_2', 'decimal'],
      ['(none)', 'decimal'],
    ]);
    expect(rows).toEqual([
      ['north', null, '3.00', '2', null],
      ['south', '4', null, null, null],
      [null, null, '8', null, null],
    ]);
  });

  it('counts nothing as nought', async () => {
    const { rows } = await ask(ground, sales, {
      pivot: { ...byRegion, column: { field: 'kind' }, value: { function: 'count' } },
    });
    expect(rows).toEqual([
      ['north', '0', '2', '1', '0'],
      ['south', '1', '0', '0', '1'],
      [null, '0', '1', '0', '0'],
    ]);
  });

  it('makes columns of stretches of time, filtered, sorted by one of them and chosen', async () => {
    const pivot = {
      ...byRegion,
      column: { field: 'day', bucket: { unit: 'month' } },
      value: { function: 'percentile', field: 'price', percentile: 0.5 },
    };
    const { columns, rows } = await ask(ground, sales, {
      pivot,
      filter: { field: 'day', op: 'isNull', value: false },
      sort: [{ field: '2024-01-01', direction: 'desc' }],
      limit: 2,
    });
    expect(columns.map(({ header }) => header)).toEqual(['region', '2024-01-01', '2024-02-01']);
    expect(rows).toEqual([
      [null, '8', null],
      ['north', '1.5', '1.75'],
    ]);
    const chosen = await ask(ground, sales, {
      pivot,
      columns: [{ source: '2024-02-01', header: 'February' }],
    });
    expect(chosen.columns.map(({ header }) => header)).toEqual(['February']);
    expect(chosen.rows).toEqual([['1.75'], ['4'], [null]]);
  });

  it('knows one value of decimals that were stored in several ways', async () => {
    const { columns } = await ask(ground, sales, {
      pivot: { ...byRegion, column: { field: 'price' }, value: { function: 'count' } },
    });
    expect(columns.map(({ header }) => header)).toEqual(['region', '1.5', '2', '4', '8', '(none)']);
  });

  it('of no rows has its rows’ columns alone', async () => {
    const none = await ask(ground, sales, {
      pivot: { ...byRegion, column: { field: 'kind' }, value: { function: 'count' } },
      filter: { field: 'region', op: 'eq', value: 'nowhere' },
    });
    expect([none.columns.map(({ header }) => header), none.rows]).toEqual([['region'], []]);
  });

  it('puts amounts together within one currency: in its rows, or in its columns', async () => {
    const value = { function: 'sum', field: 'amount' };
    expect(
      await refusalOf(ground, sales, { pivot: { ...byRegion, column: { field: 'kind' }, value } }),
    ).toEqual({
      'pivot.value': expect.stringContaining('group by "currency" too'),
    });
    const { rows } = await ask(ground, sales, {
      pivot: { ...byRegion, column: { field: 'currency' }, value },
    });
    expect(rows).toEqual([
      ['north', '3', '3', null],
      ['south', '4', null, null],
      [null, null, '5', null],
    ]);
  });

  it('of too many values is refused', async () => {
    const many = await ground.dataset([{ name: 'n', type: 'integer' }], []);
    const pivot = { rows: [{ field: 'n' }], column: { field: 'n' }, value: { function: 'count' } };
    for (let n = 0; n < 200; n++) await insertRow(ground.session, many, [String(n)]);
    expect((await ask(ground, many, { pivot })).columns.length).toBe(201);
    await insertRow(ground.session, many, ['200']);
    expect(await refusalOf(ground, many, { pivot })).toEqual({
      'pivot.column': '"n" holds more than 200 values, each of which would be a column',
    });
  });

  it.each([
    [{ groupBy: [{ field: 'region' }] }, 'pivot'],
    [{ pivot: { rows: [], column: { field: 'kind' }, value: { function: 'count' } } }, 'pivot.rows'],
    [{ pivot: { ...byRegion, column: { field: 'kind' }, value: { function: 'sum' } } }, 'pivot.value.field'],
    [
      { pivot: { ...byRegion, column: { field: 'none' }, value: { function: 'count' } } },
      'pivot.column.field',
    ],
    [{ sort: [{ field: 'price' }] }, 'sort.0.field'],
  ])('with %j is refused at %s', async (wrong, field) => {
    const pivot = { ...byRegion, column: { field: 'kind' }, value: { function: 'count' } };
    expect(await refusalOf(ground, sales, { pivot, ...wrong })).toHaveProperty([field]);
  });
});
