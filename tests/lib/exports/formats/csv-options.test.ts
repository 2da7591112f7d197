import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { csv } from '#lib/exports/formats/csv.ts';
import type { CsvOptions } from '#lib/exports/formats/csv-options.ts';

type Options = Partial<CsvOptions>;
type Noted = [kind: string, header: string, cell: string];

async function bytes(
  types: readonly ColumnType[],
  rows: readonly (readonly CellText[])[],
  options: Options,
  noted: Noted[] = [],
): Promise<Buffer> {
  const columns = types.map((type, place) => ({
    source: `c${place}`,
    header: `c${place}`,
    type,
    label: `Spalte ${place}`,
  }));
  const batches = (async function* () {
    yield rows;
  })();
  const context = fileContext({ title: 'test', note: (...each) => noted.push(each) });
  const table = { name: 'test', columns, rows: batches };
  return Buffer.concat(await Array.fromAsync(csv.encode(table, csv.options.parse(options), context)));
}

async function write(
  types: readonly ColumnType[],
  row: readonly CellText[],
  options: Options,
): Promise<string> {
  return (await bytes(types, [row], { header: false, ...options })).toString();
}

describe('numbers and times', () => {
  it.each<[ColumnType, string, Options, string]>([
    ['decimal', '1234.565', { decimals: 2 }, '1234.57'],
    ['decimal', '-0.004', { decimals: 2 }, '0.00'],
    ['integer', '1234', { decimals: 2 }, '1234'],
    [
      'decimal',
      '1234567.5',
      { decimalSeparator: ',', thousandsSeparator: '.', delimiter: ';' },
      '1.234.567,5',
    ],
    ['decimal', '1234.5', { decimalSeparator: ',' }, '"1234,5"'],
    ['integer', '-1234567', { thousandsSeparator: ',' }, '"-1,234,567"'],
    ['integer', '-1234567', { thousandsSeparator: ' ' }, '-1 234 567'],
    ['text', '1234.5', { decimals: 0, thousandsSeparator: ',' }, '1234.5'],
    ['date', '2026-01-31', { dateFormat: 'DD.MM.YYYY' }, '31.01.2026'],
    ['date', '2026-01-31', { dateFormat: 'D MMM, YYYY' }, '"31 Jan, 2026"'],
    ['date', '2026-01-31', { timestampFormat: 'DD.MM.YYYY', timeZone: 'Asia/Tokyo' }, '2026-01-31'],
    [
      'timestamp',
      '2026-01-31T23:30:00Z',
      { timestampFormat: 'DD.MM.YYYY HH:mm', timeZone: 'Europe/Berlin' },
      '01.02.2026 00:30',
    ],
    ['timestamp', '2026-01-31T23:30:00.5Z', { timeZone: 'Europe/Berlin' }, '2026-02-01T00:30:00.5+01:00'],
    ['timestamp', 'infinity', { timestampFormat: 'YYYY' }, 'infinity'],
  ])('%s %s with %j is %s', async (type, cell, options, written) => {
    expect(await write([type], [cell], options)).toBe(`${written}\n`);
  });
});

describe('no value', () => {
  it.each<[Options, string]>([
    [{ nullText: 'NULL' }, 'NULL,,"NULL",a,0\n'],
    [{ nullText: 'NULL', quotes: 'all' }, 'NULL,"","NULL","a","0"\n'],
    [{ nullText: '0' }, '0,,NULL,a,"0"\n'],
    [{ nullText: 'NULL', quotes: 'none', escape: '\\' }, 'NULL,,\\NULL,a,0\n'],
    [{ nullText: '\\N', escape: '\\' }, '\\N,,NULL,a,0\n'],
  ])('with %j is never written like a value', async (options, line) => {
    expect(
      await write(['text', 'text', 'text', 'text', 'integer'], [null, '', 'NULL', 'a', '0'], options),
    ).toBe(line);
  });
});

describe('quotes and escapes', () => {
  const cells = ['a,b', 'say "hi"', 'back\\slash', 'two\nlines'];
  it.each<[Options, string]>([
    [{ escape: '\\' }, '"a,b","say \\"hi\\"","back\\\\slash","two\nlines"\n'],
    [{ quotes: 'none', escape: '\\' }, 'a\\,b,say \\"hi\\",back\\\\slash,two\\\nlines\n'],
  ])('with %j are written as MySQL reads them', async (options, line) => {
    expect(await write(['text', 'text', 'text', 'text'], cells, options)).toBe(line);
  });

  it.each(['a,b', 'say "hi"', 'cr\r'])(
    'without quotes and escapes %j ends the run, naming the column',
    async (cell) => {
      await expect(write(['text'], [cell], { quotes: 'none' })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('"c0"'),
      });
      expect(await write(['text'], ["plain; 'text'"], { quotes: 'none' })).toBe("plain; 'text'\n");
    },
  );

  it('after backslashes are read by another reader as they were written, whatever the cells', async () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('\\', '\\"', '"', '\n', '\\\\', ',', '\\N'));
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 });
    const folder = await mkdtemp(join(tmpdir(), 'entrepot-escape-'));
    const path = join(folder, 'file.csv');
    const duck = await (await DuckDBInstance.create()).connect();
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom<CsvOptions['quotes']>('minimal', 'all'),
        async (rows, quotes) => {
          const options: Options = { escape: '\\', quotes, formulaGuard: false };
          await writeFile(path, await bytes(['text', 'text'], rows, options));
          const read = await duck.runAndReadAll(
            `select * from read_csv('${path}', delim = ',', quote = '"', escape = '\\', header = true, all_varchar = true, new_line = '\\n', nullstr = '', allow_quoted_nulls = false)`,
          );
          expect(read.getRowsJson()).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
    await rm(folder, { recursive: true });
  });
});

describe('an encoding', () => {
  it('utf-16 has its byte order mark and every character', async () => {
    const file = await bytes(['text'], [['ü 😀 日本']], { encoding: 'utf-16' });
    expect([...file.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(new TextDecoder('utf-16le').decode(file)).toBe('c0\nü 😀 日本\n');
  });

  it('ascii puts a question mark for each character that it has not, and notes the cell', async () => {
    const noted: Noted[] = [];
    const file = await bytes(
      ['text', 'json'],
      [
        ['Müller 😀', '{"a":"é"}'],
        ['plain', '1'],
      ],
      { encoding: 'ascii' },
      noted,
    );
    expect(file.toString('latin1')).toBe('c0,c1\nM?ller ?,"{""a"":""?""}"\nplain,1\n');
    expect(noted).toEqual([
      ['replaced', 'c0', 'Müller 😀'],
      ['replaced', 'c1', '{"a":"é"}'],
    ]);
  });

  it.each(['utf-8', 'utf-16', 'us-ascii'])('is what the file says of itself: %s', (charset) => {
    const options = csv.options.parse({ encoding: charset.replace('us-', '') });
    expect(csv.mediaTypeOf?.(options)).toBe(`text/csv; charset=${charset}`);
  });

  it('other than utf-8 takes no further mark', async () => {
    expect((await bytes(['text'], [], { encoding: 'ascii', bom: true })).toString()).toBe('c0\n');
    expect(await bytes(['text'], [], { encoding: 'utf-16', bom: true })).toHaveLength(8);
  });
});

describe('the header', () => {
  it('has the labels where asked for, but for columns that the export names', async () => {
    const columns = [
      { source: 'sku', header: 'sku', type: 'text', label: 'Stock number' },
      { source: 'qty', header: 'Menge', type: 'integer', label: 'Quantity' },
      { source: 'bare', header: 'bare', type: 'text' },
    ] as const;
    const rows = (async function* () {})();
    const options = csv.options.parse({ headerNames: 'labels' });
    const file = csv.encode({ name: 'test', columns, rows }, options, fileContext({ title: 'test' }));
    expect(Buffer.concat(await Array.fromAsync(file)).toString()).toBe('Stock number,Menge,bare\n');
  });
});

describe('options', () => {
  it.each<[object, string]>([
    [{ decimalSeparator: ',', thousandsSeparator: ',' }, 'thousandsSeparator'],
    [{ nullText: 'a;b', delimiter: ';' }, 'nullText'],
    [{ nullText: '"' }, 'nullText'],
    [{ nullText: '–', encoding: 'ascii' }, 'nullText'],
    [{ decimals: 21 }, 'decimals'],
    [{ dateFormat: 'dd.mm.yyyy' }, 'dateFormat'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  ])('%j are refused', (options, place) => {
    const { error } = csv.options.safeParse(options);
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([place]);
  });
});
