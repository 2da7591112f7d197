import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { type Answer, ask, refusalOf } from './ask.ts';

const columns: Column[] = [
  { name: 'id', type: 'integer' },
  { name: 'region', type: 'text' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'pieces', type: 'integer' },
  { name: 'price', type: 'decimal' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
];
/** Two hundred rows of few values and many nulls, the same each time. */
const rows: CellText[][] = Array.from({ length: 200 }, (_, n) => [
  String(n),
  [null, '', 'north', 'North', 'süd'][n % 5] ?? null,
  [null, 'true', 'false'][n % 3] ?? null,
  n % 7 === 0 ? null : `2024-0${1 + (n % 3)}-1${n % 10}`,
  n % 11 === 0 ? null : String(n * 37 - 1000),
  n % 13 === 0 ? null : `${(n % 17) - 5}.${String((n * 7919) % 1000).padStart(3, '0')}`,
  `2024-01-01T${String(n % 24).padStart(2, '0')}:30:00Z`,
  n % 2 === 0 ? null : '{}',
]);

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(columns, rows);
});
afterAll(() => ground.close());

/** The same rows as another database answers about them. */
async function inDuckDB(query: string): Promise<unknown[][]> {
  const duck = await (await DuckDBInstance.create()).connect();
  await duck.run(
    `create table t (id bigint, region text, active boolean, day date, pieces bigint, price decimal(38, 3), "at" timestamp, data text)`,
  );
  const cell = (text: CellText) => (text === null ? 'null' : `'${text.replace('Z', '')}'`);
  await duck.run(`insert into t values ${rows.map((row) => `(${row.map(cell).join(', ')})`).join(', ')}`);
  return (await duck.runAndReadAll(query)).getRowsJson() as unknown[][];
}

/** Numbers without the noughts that say nothing, so that 1.50 and 1.5 are alike. */
function plain(answer: readonly (readonly unknown[])[]): unknown[][] {
  const number = /^-?\d+(\.\d+)?$/;
  return answer.map((row) =>
    row.map((cell) =>
      cell === null || !number.test(String(cell))
        ? cell
        : String(cell)
            .replace(/(\.\d*?)0+$/, '$1')
            .replace(/\.$/, ''),
    ),
  );
}

const named = ({ columns }: Answer) => columns.map(({ source, type }) => [source, type]);

describe('aggregates of groups', () => {
  it('are those that another database computes, nulls being a group of their own', async () => {
    const answer = await ask(ground, dataset, {
      groupBy: [{ field: 'region' }, { field: 'active' }],
      aggregates: [
        { function: 'count' },
        { function: 'count', field: 'pieces' },
        { function: 'sum', field: 'pieces' },
        { function: 'sum', field: 'price' },
        { function: 'min', field: 'price' },
        { function: 'max', field: 'day' },
        { function: 'countDistinct', field: 'price' },
        { function: 'min', field: 'region' },
      ],
    });
    const expected = await inDuckDB(`
      select region, active::text, count(*), count(pieces), sum(pieces), sum(price), min(price), max(day), count(distinct price), min(region)
      from t group by all order by region nulls last, 2 nulls last`);
    expect(plain(answer.rows)).toEqual(plain(expected));
    expect(answer.rows.length).toBe(15);
    expect(named(answer)).toEqual([
      ['region', 'text'],
      ['active', 'boolean'],
      ['count', 'integer'],
      ['count_pieces', 'integer'],
      ['sum_pieces', 'decimal'],
      ['sum_price', 'decimal'],
      ['min_price', 'decimal'],
      ['max_day', 'date'],
      ['count_distinct_price', 'integer'],
      ['min_region', 'text'],
    ]);
  });

  it('of no group are one row, of no rows too', async () => {
    const aggregates = [{ function: 'count' }, { function: 'sum', field: 'price' }];
    const all = await ask(ground, dataset, { aggregates });
    expect(plain(all.rows)).toEqual(plain(await inDuckDB('select count(*), sum(price) from t')));
    const none = { field: 'id', op: 'lt', value: 0 };
    expect((await ask(ground, dataset, { aggregates, filter: none })).rows).toEqual([['0', null]]);
    expect(
      (await ask(ground, dataset, { aggregates, filter: none, groupBy: [{ field: 'region' }] })).rows,
    ).toEqual([]);
  });

  it('without any are the distinct values', async () => {
    const { rows: found } = await ask(ground, dataset, { groupBy: [{ field: 'region' }] });
    expect(found).toEqual([[''], ['North'], ['north'], ['süd'], [null]]);
  });

  it('keep every digit, of integers past 2^63 too', async () => {
    const wide = await ground.dataset(
      [
        { name: 'n', type: 'integer' },
        { name: 'd', type: 'decimal' },
      ],
      [
        ['9223372036854775807', '0.10000000000000000000000000000000000001'],
        ['9223372036854775807', '0.2'],
        ['1', '99999999999999999999999999999999999999'],
      ],
    );
    const { rows: found } = await ask(ground, wide, {
      aggregates: [
        { function: 'sum', field: 'n' },
        { function: 'sum', field: 'd' },
        { function: 'percentile', field: 'd', percentile: 0.5 },
        { function: 'percentile', field: 'd', percentile: 0.25 },
      ],
    });
    expect(found).toEqual([
      [
        '18446744073709551615',
        '99999999999999999999999999999999999999.30000000000000000000000000000000000001',
        '0.2',
        '0.150000000000000000000000000000000000005',
      ],
    ]);
  });

  it('write one value that was stored in several ways always the same', async () => {
    const ways = await ground.dataset(
      [{ name: 'd', type: 'decimal' }],
      [['1.50'], ['1.5'], ['1.500'], ['2.0']],
    );
    const query = {
      groupBy: [{ field: 'd' }],
      aggregates: [{ function: 'count' }, { function: 'max', field: 'd' }],
    };
    expect((await ask(ground, ways, query)).rows).toEqual([
      ['1.5', '3', '1.5'],
      ['2', '1', '2'],
    ]);
  });

  it('are named once each, and called as one likes', async () => {
    const { columns: found } = await ask(ground, dataset, {
      groupBy: [{ field: 'region', header: 'Region' }],
      aggregates: [
        { function: 'count' },
        { function: 'count', header: 'How many' },
        { function: 'percentile', field: 'price', percentile: 0.07 },
      ],
    });
    expect(found.map(({ source, header }) => [source, header])).toEqual([
      ['region', 'Region'],
      ['count', 'count'],
      ['count_2', 'How many'],
      ['p7_price', 'p7_price'],
    ]);
  });
});

describe('percentiles and means', () => {
  it.each([0, 0.25, 0.5, 0.9, 0.95, 0.999, 1])('at %d lie where they lie by hand', async (percentile) => {
    const { rows: found } = await ask(ground, dataset, {
      groupBy: [{ field: 'region' }],
      aggregates: [{ function: 'percentile', field: 'price', percentile }],
    });
    const byHand = (region: CellText) => {
      const thousandths = rows
        .filter((row) => row[1] === region && row[5] !== null)
        .map((row) => Math.round(Number(row[5]) * 1000))
        .sort((one, other) => one - other);
      const at = percentile * (thousandths.length - 1);
      const [low = 0, high = 0] = [thousandths[Math.floor(at)], thousandths[Math.ceil(at)]];
      return (low + (high - low) * (at - Math.floor(at))) / 1000;
    };
    for (const [region, value] of found) expect(Number(value)).toBeCloseTo(byHand(region as CellText), 9);
    expect(found.length).toBe(5);
  });

  it('are those of another database', async () => {
    const { rows: found } = await ask(ground, dataset, {
      groupBy: [{ field: 'active' }],
      aggregates: [
        { function: 'avg', field: 'pieces' },
        { function: 'percentile', field: 'pieces', percentile: 0.5 },
      ],
    });
    const expected = await inDuckDB(
      'select avg(pieces), quantile_cont(pieces, 0.5) from t group by active order by active nulls last',
    );
    for (const [place, [, mean, median]] of found.entries()) {
      expect(Number(mean)).toBeCloseTo(Number(expected[place]?.[0]), 9);
      expect(Number(median)).toBeCloseTo(Number(expected[place]?.[1]), 9);
    }
  });

  it('of nothing are null', async () => {
    const filter = { field: 'price', op: 'isNull' };
    const aggregates = [
      { function: 'percentile', field: 'price', percentile: 0.5 },
      { function: 'avg', field: 'price' },
    ];
    expect((await ask(ground, dataset, { filter, aggregates })).rows).toEqual([[null, null]]);
  });
});

describe('groups', () => {
  const query = { groupBy: [{ field: 'region' }], aggregates: [{ function: 'sum', field: 'pieces' }] };

  it('are filtered before they are made, and kept by what they come to', async () => {
    const { rows: found } = await ask(ground, dataset, {
      ...query,
      filter: { field: 'active', op: 'eq', value: true },
      having: { field: 'sum_pieces', op: 'gt', value: 33_000 },
    });
    const expected = await inDuckDB(
      'select region, sum(pieces) from t where active group by 1 having sum(pieces) > 33000 order by 1 nulls last',
    );
    expect(plain(found)).toEqual(plain(expected));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(5);
  });

  it('are sorted by any output, cut, and written in the columns that are chosen', async () => {
    const { columns: found, rows: sorted } = await ask(ground, dataset, {
      ...query,
      sort: [{ field: 'sum_pieces', direction: 'desc' }],
      limit: 2,
      columns: [{ source: 'sum_pieces', header: 'Pieces' }, { source: 'region' }],
    });
    expect(found.map(({ header }) => header)).toEqual(['Pieces', 'region']);
    const expected = await inDuckDB('select sum(pieces), region from t group by 2 order by 1 desc limit 2');
    expect(plain(sorted)).toEqual(plain(expected));
  });

  it.each([
    [{ groupBy: [{ field: 'data' }] }, 'groupBy.0.field'],
    [{ groupBy: [{ field: 'none' }] }, 'groupBy.0.field'],
    [{ aggregates: [{ function: 'sum', field: 'region' }] }, 'aggregates.0.function'],
    [{ aggregates: [{ function: 'max', field: 'active' }] }, 'aggregates.0.function'],
    [{ aggregates: [{ function: 'median', field: 'price' }] }, 'aggregates.0.function'],
    [{ aggregates: [{ function: 'sum' }] }, 'aggregates.0.field'],
    [{ aggregates: [{ function: 'percentile', field: 'price' }] }, 'aggregates.0.percentile'],
    [{ aggregates: [{ function: 'percentile', field: 'price', percentile: 95 }] }, 'aggregates.0.percentile'],
    [{ aggregates: [{ function: 'sum', field: 'price', percentile: 0.5 }] }, 'aggregates.0.percentile'],
    [{ ...query, sort: [{ field: 'price' }] }, 'sort.0.field'],
    [{ ...query, columns: [{ source: 'price' }] }, 'columns.0.source'],
    [{ ...query, having: { field: 'price', op: 'gt', value: 1 } }, 'having.field'],
    [{ having: { field: 'price', op: 'gt', value: 1 } }, 'having'],
    [
      {
        groupBy: [
          { field: 'id', header: 'x' },
          { field: 'region', header: 'x' },
        ],
      },
      'groupBy.1.header',
    ],
  ])('asked for by %j are refused at %s', async (wrong, field) => {
    expect(await refusalOf(ground, dataset, wrong)).toHaveProperty([field]);
  });
});
