import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { xlsx } from '#lib/exports/formats/xlsx/xlsx.ts';
import { unzip } from '#tests/support/unzip.ts';
import { columns, parts, valuesOf, write } from './orders.ts';
import { elements, readSheets } from './read-workbook.ts';
import { tableOf, writeWorkbook } from './write-workbook.ts';

describe('a chart', () => {
  const chart = { categories: 'day', values: ['price', 'quantity'] };

  it('shows what its rows give taken together, days in their order', async () => {
    expect(await valuesOf({ charts: [chart] }, 'Chart data')).toEqual([
      ['day', 'Sum of price', 'Sum of quantity'],
      ['2026-01-01', '2.2', '8'],
      ['2026-01-02', '4.4', '3'],
      ['2026-01-03', '4.4'],
    ]);
  });

  it.each([
    ['sum', ['5.5', '1.1', '4.4']],
    ['average', ['2.75', '1.1', '4.4']],
    ['count', ['2', '2', '1']],
    ['min', ['2.2', '1.1', '4.4']],
    ['max', ['3.3', '1.1', '4.4']],
  ] as const)('takes texts of any case together, and nulls, by %s', async (by, values) => {
    const options = { charts: [{ categories: 'sku', values: ['price'], function: by }] };
    const found = await valuesOf(options, 'Chart data');
    const byName = new Map(found.slice(1).map(([name, value]) => [name, Number(value)]));
    expect([...byName.keys()]).toEqual(['B', 'A', '(empty)']);
    expect(['A', 'B', '(empty)'].map((name) => byName.get(name))).toEqual(values.map(Number));
  });

  it.each([
    ['column', 'c:barChart', 'col'],
    ['bar', 'c:barChart', 'bar'],
    ['line', 'c:lineChart', undefined],
    ['area', 'c:areaChart', undefined],
  ] as const)('is drawn as %s over its rows', async (type, element, direction) => {
    const part = await parts({ charts: [{ ...chart, type, title: 'Tom & Jerry <3' }] });
    const xml = part('xl/charts/chart1.xml');
    expect(elements(xml, element)).toHaveLength(1);
    expect(elements(xml, 'c:barDir')[0]?.val).toBe(direction);
    const ranges = Array.from(xml.matchAll(/<c:f>([^<]*)<\/c:f>/g), ([, range]) => range);
    const data = (letter: string) => `'Chart data'!$${letter}$2:$${letter}$4`;
    expect(ranges).toEqual([data('A'), data('B'), data('A'), data('C')]);
    expect(xml).toContain('Tom &amp; Jerry &lt;3');
  });

  it('is a pie of one column, or points over numbers', async () => {
    const part = await parts({
      charts: [
        { type: 'pie', categories: 'sku', values: ['price'] },
        { type: 'scatter', categories: 'quantity', values: ['price'] },
      ],
    });
    expect(elements(part('xl/charts/chart1.xml'), 'c:pieChart')).toHaveLength(1);
    expect(elements(part('xl/charts/chart2.xml'), 'c:scatterChart')).toHaveLength(1);
    const wrong = { charts: [{ type: 'pie', categories: 'sku', values: ['price', 'quantity'] }] };
    expect(xlsx.options.safeParse(wrong).success).toBe(false);
  });

  it('is left out where there are no rows', async () => {
    const file = await writeWorkbook(tableOf(columns, []), {
      charts: [chart],
      pivotTables: [{ rows: ['sku'], values: [{ column: 'price' }] }],
    });
    expect(Object.keys(await readSheets(file))).toEqual(['Orders']);
  });

  it('is refused over more categories than anyone could read', async () => {
    const many = (count: number) =>
      tableOf(
        columns,
        Array.from({ length: count }, (_, at) => [null, String(at), '1', '1']),
      );
    const options = { charts: [{ categories: 'sku', values: ['price'] }] };
    expect(await writeWorkbook(many(5_000), options)).toBeInstanceOf(Buffer);
    await expect(writeWorkbook(many(5_001), options)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/5,000 different values/),
    });
  });

  it('tells currencies apart as columns, but not as shares of one pie', async () => {
    const columns = [
      { source: 'in', header: 'in', type: 'text' as const },
      { source: 'total', header: 'total', type: 'decimal' as const, currency: 'in' },
    ];
    const of = (type: 'column' | 'pie') =>
      writeWorkbook(
        { ...tableOf({}, [['EUR', '1']]), columns },
        { charts: [{ type, categories: 'in', values: ['total'] }] },
      );
    await expect(of('column')).resolves.toBeInstanceOf(Buffer);
    await expect(of('pie')).rejects.toMatchObject({
      fields: { 'format.options.charts.0.values.0': expect.stringMatching(/several currencies/) },
    });
  });

  it.each([
    [{ categories: 'colour', values: ['price'] }, /no.+have|does not have/],
    [{ categories: 'sku', values: ['day'] }, /holds no numbers/],
    [{ type: 'scatter', categories: 'sku', values: ['price'] }, /holds no numbers/],
  ] as const)('is refused over a column that cannot be drawn: %j', async (wrong, message) => {
    const charts = [{ ...wrong, values: [...wrong.values] }];
    await expect(write({ charts })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });
});

describe('formulas', () => {
  it('stand in a column of their own, each for its row, and may use one before', async () => {
    const formulas = [
      { header: 'amount', formula: '={quantity}*{price}', format: '0.00' },
      { header: 'label', formula: '=IF({amount}>3,"a&b<c",{sku})' },
      { header: 'text', formula: '="{sku}"&{sku}&"{"' },
    ] as const;
    const { Orders } = await readSheets(await write({ formulas: [...formulas] }));
    expect(Orders?.E1?.value).toBe('amount');
    expect(Orders?.E2).toMatchObject({ formula: 'C2*D2', format: '0.00' });
    expect(Orders?.F6?.formula).toBe('IF(E6>3,"a&b<c",B6)');
    expect(Orders?.G2?.formula).toBe('"{sku}"&B2&"{"');
  });

  it.each([
    ['={quantity', 'invalid'],
    ['={nothing}*2', 'invalid'],
    ['=SUM({price}', 'invalid'],
    ['={price})(', 'invalid'],
    ['="a', 'invalid'],
  ])('are refused where they are not whole: %s', async (formula, code) => {
    await expect(write({ formulas: [{ header: 'f', formula }] })).rejects.toMatchObject({ code });
  });

  it.each(["=cmd|'/c calc'!A0", '=[other.xlsx]Sheet1!A1', 'price'])(
    'are refused where they reach out of the workbook, or are none: %s',
    (formula) => {
      expect(xlsx.options.safeParse({ formulas: [{ header: 'f', formula }] }).success).toBe(false);
    },
  );
});

describe('rules', () => {
  it('colour cells and check what is typed, over the rows there are', async () => {
    const file = await write({
      conditionalFormats: [
        { column: 'price', rule: 'greaterThan', value: '2.5', look: 'good' },
        { column: 'day', rule: 'between', value: '2026-01-01', upTo: '2026-01-02' },
        { column: 'sku', rule: 'contains', value: 'say "x"' },
        { column: 'quantity', rule: 'dataBar' },
      ],
      validations: [
        { column: 'sku', allow: 'list', values: ['A', 'B'] },
        { column: 'quantity', allow: 'wholeNumber', from: '0', upTo: '10', message: 'Count again' },
      ],
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.read(Readable.from([file]));
    const sheet = book.worksheets[0] as ExcelJS.Worksheet & {
      conditionalFormattings: { ref: string; rules: object[] }[];
    };
    expect(sheet.conditionalFormattings).toMatchObject([
      { ref: 'D2:D6', rules: [{ type: 'cellIs', operator: 'greaterThan', formulae: ['2.5'] }] },
      { ref: 'A2:A6', rules: [{ type: 'cellIs', operator: 'between', formulae: ['46023', '46024'] }] },
      { ref: 'B2:B6', rules: [{ type: 'containsText' }] },
      { ref: 'C2:C6', rules: [{ type: 'dataBar' }] },
    ]);
    expect(sheet.getCell('B2').dataValidation).toMatchObject({ type: 'list', formulae: ['"A,B"'] });
    expect(sheet.getCell('C6').dataValidation).toMatchObject({ operator: 'between', error: 'Count again' });
    const files = await unzip(file);
    expect(files.get('xl/worksheets/sheet1.xml')?.toString()).toContain('SEARCH("say ""x""",B2)');
  });

  it.each([
    { conditionalFormats: [{ column: 'price', rule: 'equal' as const, value: 'a lot' }] },
    { conditionalFormats: [{ column: 'day', rule: 'equal' as const, value: 'Monday' }] },
    { validations: [{ column: 'day', allow: 'date' as const, from: '1', upTo: '2' }] },
  ])('are refused with a value that is none of the column: %j', async (options) => {
    await expect(write(options)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('are refused without the values that they need', () => {
    const rule = (given: object) =>
      xlsx.options.safeParse({ conditionalFormats: [{ column: 'a', ...given }] });
    expect(rule({ rule: 'equal' }).success).toBe(false);
    expect(rule({ rule: 'between', value: '1' }).success).toBe(false);
    const list = { column: 'a', allow: 'list', values: ['x'.repeat(200), 'y'.repeat(55)] };
    expect(xlsx.options.safeParse({ validations: [list] }).success).toBe(false);
  });
});
