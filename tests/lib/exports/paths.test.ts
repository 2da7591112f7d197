import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { canCopy, copyCsv } from '#lib/exports/copy-path.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { csv } from '#lib/exports/formats/csv.ts';
import type { CsvOptions } from '#lib/exports/formats/csv-options.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import { freshGround, type Ground, planOf } from './arrange.ts';

const columns: Column[] = [
  { name: 'sku', type: 'text', label: 'Stock, or "SKU"' },
  { name: 'note', type: 'text' },
  { name: 'count', type: 'integer' },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
];

const texts = [
  ...['00501', '', 'a,b;c|d', 'say "hi"', 'two\nlines', 'cr\rlf\r\n', '😀 emoji', 'שלום עולם', '日本'],
  ...['=HYPERLINK("http://x","y")', '+1', '-1', '@x', '\tled', '\rled', "'quoted", '\\', '\\N', '\\.', '\\t'],
  ...['NULL', 'null', 'true', '\\x41', ' lead', 'trail ', '\b\f\v', '\u0001', '$1', "'; drop table x; --"],
  'x'.repeat(32_768),
  '\uFEFFmark',
];
const typed: CellText[][] = [
  [
    '9007199254740993',
    '12345678901234567890123456789012345678.12',
    'true',
    '0001-01-01',
    '0001-01-01T00:00:00Z',
    '{"a": "\\"\\n"}',
  ],
  ['-9223372036854775808', '-0.10', 'false', '9999-12-31', '9999-12-31T23:59:59.999999Z', '[1.10, null]'],
  ['0', '1e-7', 'true', '2024-02-29', '2024-02-29T12:00:00.120000Z', '"text"'],
  [null, null, null, null, null, null],
  ['7', '100', 'false', '1969-12-31', '1969-12-31T23:59:59.5Z', 'null'],
];
const rows = texts.map((text, place) => [
  text,
  place % 3 === 0 ? null : `n${text}`,
  ...(typed[place % typed.length] ?? []),
]);

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(columns, rows);
});
afterAll(() => ground.close());

function byCopy(options: Partial<CsvOptions>, definition: object = {}): Promise<Buffer> {
  return asMember(ground.session, async ({ client }) =>
    Buffer.concat(
      await Array.fromAsync(
        copyCsv(client, planOf(ground.session, dataset, definition), csv.options.parse(options)),
      ),
    ),
  );
}

function byRows(options: Partial<CsvOptions>, definition: object = {}): Promise<Buffer> {
  return asMember(ground.session, async ({ client }) => {
    const plan = planOf(ground.session, dataset, definition);
    const file = csv.encode(
      { name: 'test', columns: plan.columns, rows: rowBatches(client, plan.select()) },
      csv.options.parse(options),
      fileContext({ title: 'test' }),
    );
    return Buffer.concat(await Array.fromAsync(file));
  });
}

const allOptions = [',', ';', '\t', '|'].flatMap((delimiter) =>
  ['minimal', 'all'].flatMap((quotes) =>
    [true, false].map((flag) => ({ delimiter, quotes, formulaGuard: flag, header: !flag, bom: flag })),
  ),
) as Partial<CsvOptions>[];

describe('the COPY path and the row path', () => {
  it.each(allOptions)('give the same bytes with %j', async (options) => {
    const [copied, encoded] = [await byCopy(options), await byRows(options)];
    expect(copied.toString()).toBe(encoded.toString());
    expect(copied.equals(encoded)).toBe(true);
  });

  it.each<Partial<CsvOptions>>([
    ...['NULL', '\\N', "it's", '7', 'true', '00501', '-'].flatMap((nullText) => [
      { nullText },
      { nullText, quotes: 'all' as const },
    ]),
    { quotes: 'all', escape: '\\' },
    { quotes: 'all', escape: '\\', nullText: '\\N', delimiter: '|' },
    { headerNames: 'labels' },
  ])('give the same bytes with %j, which Postgres can write', async (options) => {
    expect(canCopy(csv.options.parse(options))).toBe(true);
    expect((await byCopy(options)).toString()).toBe((await byRows(options)).toString());
  });

  it.each<Partial<CsvOptions>>([
    { lineEnd: 'crlf' },
    { encoding: 'utf-16' },
    { encoding: 'ascii' },
    { quotes: 'none' },
    { escape: '\\' },
    { decimals: 2 },
    { decimalSeparator: ',' },
    { thousandsSeparator: ',' },
    { dateFormat: 'DD.MM.YYYY' },
    { timestampFormat: 'DD.MM.YYYY' },
    { timeZone: 'Europe/Berlin' },
  ])('are not both taken with %j, which Postgres cannot write', (options) => {
    expect(canCopy(csv.options.parse(options))).toBe(false);
  });

  it.each(columns.map(({ name }) => name))('give the same bytes of the column %s alone', async (source) => {
    const only = { columns: [{ source, header: '"head", of all' }] };
    expect((await byCopy({}, only)).toString()).toBe((await byRows({}, only)).toString());
  });

  it('give rows as another reader finds them', async () => {
    const { data } = Papa.parse<string[]>((await byCopy({ formulaGuard: false })).toString(), {
      newline: '\n',
    });
    const [header, ...read] = data.slice(0, -1);
    expect(header).toEqual(columns.map(({ name }) => name));
    expect(read.map(([sku]) => sku)).toEqual(texts);
    expect(read.slice(0, 4).map((row) => row.slice(2, 7))).toEqual([
      [
        '9007199254740993',
        '12345678901234567890123456789012345678.12',
        'true',
        '0001-01-01',
        '0001-01-01T00:00:00Z',
      ],
      ['-9223372036854775808', '-0.10', 'false', '9999-12-31', '9999-12-31T23:59:59.999999Z'],
      ['0', '0.0000001', 'true', '2024-02-29', '2024-02-29T12:00:00.12Z'],
      ['', '', '', '', ''],
    ]);
  });

  it('give a file that DuckDB reads to the same values, null apart from empty', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'entrepot-csv-'));
    const path = join(folder, 'file.csv');
    await writeFile(path, await byCopy({ formulaGuard: false }));
    const duck = await (await DuckDBInstance.create()).connect();
    const read = await duck.runAndReadAll(
      `select sku, note from read_csv('${path}', delim = ',', quote = '"', escape = '"', header = true, all_varchar = true, new_line = '\\n', allow_quoted_nulls = false, max_line_size = 1000000)`,
    );
    // DuckDB drops a byte order mark at the start of any line, not of the file's first alone.
    expect(read.getRowsJson()).toEqual(rows.map(([sku, note]) => [sku?.replace('\uFEFF', ''), note]));
    await rm(folder, { recursive: true });
  });
});

it('a sort by a timestamp that is written too is by the time, not by its text', async () => {
  const seconds = ['2024-01-01T08:00:00.51Z', '2024-01-01T08:00:00Z', '2024-01-01T08:00:00.5Z'];
  const times = await ground.dataset(
    [{ name: 'at', type: 'timestamp' }],
    seconds.map((second) => [second]),
  );
  const sorted = (definition: object) =>
    asMember(ground.session, async ({ client }) => {
      const plan = planOf(ground.session, times, { sort: [{ field: 'at' }], ...definition });
      return (await Array.fromAsync(rowBatches(client, plan.select()))).flat(2);
    });
  const [latest, first, second] = seconds;
  expect(await sorted({})).toEqual([first, second, latest]);
  expect(await sorted({ limit: 1 })).toEqual([first]);
});

describe('hostile values', () => {
  const hostile = [
    "'",
    "''",
    '\\',
    "\\'",
    "'; drop table public.jobs; --",
    '$1',
    '$$',
    "E'\\''",
    '"',
    '\n',
    '--',
    '/*',
    'é😀',
  ];

  it.each(hostile)('%j in a filter is only ever a value', async (value) => {
    const within = await ground.dataset(
      [{ name: 'v', type: 'text' }],
      hostile.map((each) => [each]),
    );
    const plan = planOf(ground.session, within, { filter: { field: 'v', op: 'eq', value } });
    const found = await asMember(ground.session, ({ client }) =>
      Array.fromAsync(rowBatches(client, plan.select())),
    );
    expect(found.flat()).toEqual([[value]]);
  });

  it.each(['a"b', "a'b", 'a.b', 'a b', '$1', 'select', 'naïve 😀', 'A'])(
    '%j is only ever a column',
    async (name) => {
      const odd = await ground.dataset([{ name, type: 'text' }], [['x'], [null]]);
      const plan = planOf(ground.session, odd, {
        filter: {
          or: [
            { field: name, op: 'eq', value: 'x' },
            { field: name, op: 'isNull' },
          ],
        },
        sort: [{ field: name }],
      });
      const found = await asMember(ground.session, ({ client }) =>
        Array.fromAsync(rowBatches(client, plan.select())),
      );
      expect(found.flat()).toEqual([['x'], [null]]);
    },
  );
});

it('a reader that stops early leaves no connection that waits', async () => {
  const plan = planOf(ground.session, dataset);
  const early = asMember(ground.session, async ({ client }) => {
    for await (const _ of rowBatches(client, plan.select())) throw new Error('had enough');
  });
  await expect(early).rejects.toThrow('had enough');
  expect(await byCopy({})).toBeInstanceOf(Buffer);
});
