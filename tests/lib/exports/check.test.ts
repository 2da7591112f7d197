import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { type ExportInput, exportDefinition } from '#lib/exports/definition.ts';
import { createExport } from '#lib/exports/exports.ts';
import { freshGround, type Ground } from './arrange.ts';

let ground: Ground;
let orders: Dataset;
let people: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  orders = await ground.dataset(
    [
      { name: 'code', type: 'text' },
      { name: 'amount', type: 'decimal' },
      { name: 'day', type: 'date' },
      { name: 'items', type: 'json' },
    ],
    [],
  );
  people = await ground.dataset([{ name: 'name', type: 'text' }], []);
});
afterAll(() => ground.close());

type Asked = Partial<Omit<ExportInput, 'name'>>;

function save(asked: Asked) {
  const definition = exportDefinition.parse({ name: 'Orders', dataset: orders.name, ...asked });
  return createExport(ground.session, definition);
}

async function problemsOf(asked: Asked): Promise<unknown> {
  const refusal = await save(asked).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'invalid' });
  return (refusal as { fields: unknown }).fields;
}

const chart = { categories: 'code', values: ['amount'] };

describe('the options of Excel', () => {
  it.each([
    [{ charts: [chart, { ...chart, categories: 'colour' }] }, 'charts.1.categories'],
    [{ charts: [{ ...chart, values: ['amount', 'day'] }] }, 'charts.0.values.1'],
    [{ charts: [{ ...chart, type: 'scatter' as const }] }, 'charts.0.categories'],
    [{ pivotTables: [{ rows: ['gone'], values: [{ column: 'amount' }] }] }, 'pivotTables.0.rows.0'],
    [
      { pivotTables: [{ rows: ['code'], columns: ['code'], values: [{ column: 'amount' }] }] },
      'pivotTables.0.columns.0',
    ],
    [{ pivotTables: [{ rows: ['code'], values: [{ column: 'code' }] }] }, 'pivotTables.0.values.0.column'],
    [{ formulas: [{ header: 'Twice', formula: '={gone}*2' }] }, 'formulas.0.formula'],
    [{ formulas: [{ header: 'Twice', formula: '=({amount}*2' }] }, 'formulas.0.formula'],
    [{ formulas: [{ header: 'code', formula: '={amount}*2' }] }, 'formulas.0.header'],
    [{ totals: [{ column: 'amount' }, { column: 'gone' }] }, 'totals.1.column'],
    [{ conditionalFormats: [{ column: 'gone', rule: 'empty' as const }] }, 'conditionalFormats.0.column'],
    [
      { conditionalFormats: [{ column: 'day', rule: 'between' as const, value: '2026-01-01', upTo: 'May' }] },
      'conditionalFormats.0.upTo',
    ],
    [
      { validations: [{ column: 'amount', allow: 'decimal' as const, from: 'none', upTo: '2' }] },
      'validations.0.from',
    ],
  ])('that do not fit the columns are refused when saved: %j', async (options, place) => {
    expect(await problemsOf({ format: { type: 'xlsx', options } })).toEqual({
      [`format.options.${place}`]: expect.any(String),
    });
  });

  it('may name columns as the file calls them, those of formulas among the totals, and what became of a row', async () => {
    const options = {
      charts: [{ categories: '_change', values: ['Sum'] }],
      formulas: [{ header: 'Twice', formula: '={Sum}*2' }],
      totals: [{ column: 'Twice' }],
    };
    const columns = [{ source: 'code' }, { source: 'amount', header: 'Sum' }];
    expect(await save({ columns, mode: 'diff', format: { type: 'xlsx', options } })).toMatchObject({
      mode: 'diff',
    });
  });

  it('are left to the run where lists become columns, which the data decides', async () => {
    const options = { charts: [{ ...chart, categories: 'item_1_sku' }] };
    const transform = { name: 'flatten' as const, options: {} };
    const columns = [{ source: 'items', transform }, { source: 'amount' }];
    expect(await save({ columns, format: { type: 'xlsx', options } })).toHaveProperty('id');
  });

  it('are for the first table, whatever the further ones hold', async () => {
    const tables = [{ name: 'People', dataset: people.name }];
    const format = { type: 'xlsx' as const, options: { charts: [chart] } };
    expect(await save({ tables, format })).toHaveProperty('tables');
  });

  it('fill a workbook with the first table alone', async () => {
    const template = { upload: '00000000-0000-4000-8000-000000000000', sheet: 'Orders' };
    const format = { type: 'xlsx' as const, options: { template } };
    const tables = [{ name: 'People', dataset: people.name }];
    expect(await problemsOf({ tables, format })).toEqual({
      'format.options.template': expect.stringMatching(/"People".*takes one table/),
    });
  });
});

describe('a further table', () => {
  it('is refused with a transform that does not take its column', async () => {
    const transform = { name: 'formatNumber' as const, options: {} };
    const columns = [{ source: 'name' }, { source: 'name', header: 'n', transform }];
    expect(await problemsOf({ tables: [{ name: 'People', dataset: people.name, columns }] })).toEqual({
      'tables.0.columns.1.transform.name': expect.stringMatching(/takes columns of the type/),
    });
  });

  it.each(['csv', 'xlsx'] as const)(
    'is called so that %s files tell it apart, and sheets in any case',
    async (type) => {
      const tables = ['Über uns', 'Uber, uns'].map((name) => ({ name, dataset: people.name }));
      const saving = save({ tables, format: { type } });
      if (type === 'xlsx') await expect(saving).resolves.toHaveProperty('id');
      else await expect(saving).rejects.toMatchObject({ fields: { 'tables.1.name': expect.any(String) } });
    },
  );
});

describe('groups of a JSON document', () => {
  const grouped = (...groupBy: string[]) =>
    ({ type: 'json', options: { structure: 'nested', groupBy } }) as const;

  it.each([
    [{ format: grouped('gone') }, 'format.options.groupBy.0'],
    [{ format: grouped('code', 'items') }, 'format.options.groupBy.1'],
    [{ format: grouped('day'), columns: [{ source: 'code' }] }, 'format.options.groupBy.0'],
    [{ format: grouped('code'), sort: [{ field: 'day' }, { field: 'gone' }] }, 'sort.1.field'],
    [{ format: grouped('code'), partitionBy: ['code'] }, 'format.options.groupBy.0'],
    [{ partitionBy: ['gone'] }, 'partitionBy.0'],
    [{ partitionBy: ['code'], columns: [{ source: 'code' }] }, 'partitionBy'],
  ] as const)('that do not fit are refused at their own place: %j', async (asked, place) => {
    expect(await problemsOf(structuredClone(asked) as Asked)).toEqual({ [place]: expect.any(String) });
  });

  it('are refused where a further table lacks the column, by the name of that table', async () => {
    const tables = [
      { name: 'More', dataset: orders.name },
      { name: 'People', dataset: people.name },
    ];
    expect(await problemsOf({ tables, format: grouped('code') })).toEqual({
      'format.options.groupBy.0': expect.stringMatching(/"People".*no column "code"/),
    });
    const chosen = [{ name: 'Days', dataset: orders.name, columns: [{ source: 'day' }] }];
    expect(await problemsOf({ tables: chosen, format: grouped('code') })).toEqual({
      'format.options.groupBy.0': expect.stringMatching(/"Days".*no column "code"/),
    });
    expect(await save({ tables: tables.slice(0, 1), format: grouped('code') })).toHaveProperty('id');
  });
});

describe('a condition that moves with the present', () => {
  const lately = { field: 'day', op: 'during', value: { last: 7, unit: 'day' } } as const;
  const some = { field: 'code', op: 'ne', value: 'x' } as const;

  it.each([
    [{ filter: lately }, 'filter.op'],
    [{ filter: { and: [some, { or: [some, { not: lately }] }] } }, 'filter.and.1.or.1.not.op'],
    [{ expression: 'code == "a" && (amount > 2 || code in ["b"] && day < date(now()))' }, 'expression'],
    [{ expression: 'now().getHours() > 8' }, 'expression'],
  ] satisfies [Asked, string][])(
    'is refused where rows are looked at once, and taken elsewhere: %j',
    async (asked, place) => {
      expect(await problemsOf({ ...asked, mode: 'incremental' })).toEqual({
        [place]: expect.stringContaining('choose the mode "diff"'),
      });
      expect(await save({ ...asked, mode: 'diff' })).toHaveProperty('id');
    },
  );

  it('is not one that compares with a fixed time', async () => {
    const filter = { field: 'day', op: 'gte', value: '2026-01-01' } as const;
    const expression = 'day < date("2027-01-01") && code != "now()"';
    expect(await save({ filter, expression, mode: 'incremental' })).toHaveProperty('id');
  });
});

describe('what a diff calls the change of a row', () => {
  const chosen = { columns: [{ source: 'code' }, { source: 'amount', header: '_change' }] };

  it('is not what another column is called', async () => {
    expect(await problemsOf({ ...chosen, mode: 'diff' })).toEqual({
      'columns.1.header': expect.stringContaining('call this one otherwise'),
    });
    const groupBy = [{ field: 'code', header: '_change' }];
    expect(await problemsOf({ groupBy, mode: 'diff' })).toEqual({ columns: expect.any(String) });
  });

  it.each([{ mode: 'full' }, { mode: 'diff', changesAs: 'files' }] as const)(
    'is a name like any other where it is not said: %j',
    async (asked) => expect(await save({ ...chosen, ...asked })).toHaveProperty('id'),
  );
});

describe('the lists of a Parquet file', () => {
  const lists = (...names: string[]) => ({ type: 'parquet' as const, options: { lists: names } });

  it('are columns of the first table that may hold some, by their names in the file', async () => {
    expect(await problemsOf({ format: lists('items', 'gone') })).toEqual({
      'format.options.lists.1': expect.stringContaining('does not have a column "gone"'),
    });
    expect(await problemsOf({ format: lists('code') })).toEqual({
      'format.options.lists.0': expect.stringContaining('is text'),
    });
    const columns = [{ source: 'items', header: 'Things' }];
    const tables = [{ name: 'People', dataset: people.name }];
    expect(await save({ columns, tables, format: lists('Things') })).toHaveProperty('id');
  });
});

describe('amounts of several currencies', () => {
  let sales: Dataset;
  beforeAll(async () => {
    const columns = [
      { name: 'id', type: 'text' },
      { name: 'currency', type: 'text' },
      { name: 'total', type: 'decimal', currency: 'currency' },
    ] as const;
    sales = await ground.dataset(columns, []);
  });
  const filter = { field: 'currency', op: 'eq', value: 'USD' } as const;
  const xlsx = (options: object) => ({ type: 'xlsx', options }) as NonNullable<Asked['format']>;

  it.each([
    [{ totals: [{ column: 'total' }] }, 'totals.0.column'],
    [{ charts: [{ categories: 'id', values: ['total'] }] }, 'charts.0.values.0'],
    [{ pivotTables: [{ rows: ['id'], values: [{ column: 'total' }] }] }, 'pivotTables.0.values.0.column'],
  ])('are not put together in a workbook: %j', async (options, place) => {
    const asked = { dataset: sales.name, format: xlsx(options) };
    expect(await problemsOf(asked)).toEqual({
      [`format.options.${place}`]: expect.stringContaining('filter for one "currency"'),
    });
    expect(await save({ ...asked, filter })).toHaveProperty('id');
    expect(await save({ ...asked, partitionBy: ['currency'], compression: 'zip' })).toHaveProperty('id');
    const grouped = { groupBy: [{ field: 'id' }, { field: 'currency' }] };
    const sums = [{ function: 'max', field: 'total', header: 'total' } as const];
    expect(await problemsOf({ ...asked, ...grouped, aggregates: sums })).toHaveProperty([
      `format.options.${place}`,
    ]);
  });

  it.each([
    { totals: [{ column: 'total', function: 'count' }] },
    { charts: [{ categories: 'currency', values: ['total'] }] },
    { pivotTables: [{ rows: ['id'], columns: ['currency'], values: [{ column: 'total' }] }] },
  ])('are counted, or told apart: %j', async (options) => {
    expect(await save({ dataset: sales.name, format: xlsx(options) })).toHaveProperty('id');
  });
});
