import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { parquet } from '#lib/exports/formats/parquet/parquet.ts';
import { type Columns, encode, type Reader, startReader } from './arrange.ts';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(() => reader.close());

const columns: Columns = {
  text: 'text',
  whole: 'integer',
  amount: 'decimal',
  flag: 'boolean',
  day: 'date',
  time: 'timestamp',
  data: 'json',
};

const texts = [
  ...[
    '00501',
    '',
    'a,b',
    'say "hi"',
    'two\r\nlines',
    '=HYPERLINK("x")',
    '\u0000\u0001',
    '\uFEFFmark',
    'NULL',
  ],
  ...['😀 👩‍👩‍👧', 'שלום עולם', 'مرحبا', '日本語', 'é e\u0301', 'x'.repeat(32_769)],
];
const typed: CellText[][] = [
  [
    '9007199254740993',
    '12345678901234567890123456789.123456789',
    'true',
    '0001-01-01',
    '0001-01-01T00:00:00Z',
  ],
  [
    '9223372036854775807',
    '-99999999999999999999999999999.999999999',
    'false',
    '9999-12-31',
    '9999-12-31T23:59:59.999999Z',
  ],
  ['-9223372036854775808', '0.000000001', 'true', '2024-02-29', '2024-02-29T12:00:00.12Z'],
  ['-1', '-0.100000000', 'false', '1969-12-31', '1969-12-31T23:59:59.5Z'],
  ['0', '9007199.254740993', 'true', '1900-03-01', '1600-02-29T00:00:00.000001Z'],
  [null, null, null, null, null],
];
const misfits = {
  whole: /“whole” holds .* whole number .* decimal/,
  amount: /“amount” holds .* 38 digits .* as text/,
  day: /“day” holds .* years 1 to 9999.*filter/,
  time: /“time” holds .* years 1 to 9999.*filter/,
  data: /“data” holds JSON, .*Columns that are lists/,
};
const json = ['{"a": [1.10, null]}', '[]', '"text"', 'null', '9007199254740993'];
const rows = Array.from({ length: 5_000 }, (_, place): CellText[] => [
  place % 7 === 3 ? null : (texts[place % texts.length] ?? null),
  ...(typed[place % typed.length] ?? []),
  place % 4 === 1 ? null : (json[place % json.length] ?? null),
]);

/** The same rows as DuckDB casts them to text. */
const asDuckDb = rows.map(([text, whole, amount, flag, day, time, data]) => ({
  text: asDecoded(text),
  whole,
  amount: amount?.includes('.')
    ? amount.padEnd(amount.indexOf('.') + 10, '0')
    : amount && `${amount}.000000000`,
  flag,
  day,
  time: time?.replace('T', ' ').replace('Z', '+00') ?? null,
  data,
}));

describe('a Parquet file', () => {
  it.each(['snappy', 'gzip', 'brotli', 'lz4', 'zstd', 'none'])(
    'compressed by %s is read by DuckDB value for value',
    async (compression) => {
      const path = await reader.file({ columns, rows, options: { compression, rowGroupSize: 1_000 } });
      const cells = Object.keys(columns).map((name) => `${name}::varchar as ${name}`);
      expect(await reader.ask(`select ${cells} from '${path}'`)).toEqual(asDuckDb);
      const marked = await reader.ask(`from '${path}' select count(*) as n where unicode(text) = 65279`);
      expect(marked).toEqual([{ n: String(rows.filter(([text]) => text?.startsWith('\uFEFF')).length) }]);
      const [{ codec } = {}] = await reader.ask(
        `select distinct compression as codec from parquet_metadata('${path}')`,
      );
      expect(codec).toBe({ none: 'UNCOMPRESSED', lz4: 'LZ4_RAW' }[compression] ?? compression.toUpperCase());
    },
  );

  it('is read by a second reader too', async () => {
    const options = { decimals: 'text', compression: 'none' };
    const file = new Uint8Array(await encode({ columns, rows, options })).buffer;
    const read = await parquetReadObjects({ file });
    expect(read.map(({ text }) => text)).toEqual(rows.map(([text]) => asDecoded(text)));
    expect(read.map(({ whole }) => whole?.toString() ?? null)).toEqual(rows.map(([, whole]) => whole));
    expect(read.map(({ amount }) => amount)).toEqual(rows.map(([, , amount]) => amount));
  });

  it('has the type of each column in its schema', async () => {
    expect(await typesOf({ columns })).toEqual({
      text: 'VARCHAR',
      whole: 'BIGINT',
      amount: 'DECIMAL(38,9)',
      flag: 'BOOLEAN',
      day: 'DATE',
      time: 'TIMESTAMP WITH TIME ZONE',
      data: 'JSON',
    });
    expect(await typesOf({ columns, options: { decimals: 'double' } })).toMatchObject({ amount: 'DOUBLE' });
    expect(await typesOf({ columns, options: { decimalScale: 2 } })).toMatchObject({
      amount: 'DECIMAL(38,2)',
    });
  });

  it('is whole without a row', async () => {
    const path = await reader.file({ columns, rows: [] });
    expect(await reader.ask(`select * from '${path}'`)).toEqual([]);
    const { num_rows, row_groups } = parquetMetadata(
      new Uint8Array(await encode({ columns, rows: [] })).buffer,
    );
    expect({ num_rows, groups: row_groups.length }).toEqual({ num_rows: 0n, groups: 0 });
  });

  it('has groups of as many rows as were asked for, however the rows arrive', async () => {
    const file = await encode({ columns, rows: rows.slice(0, 2_500), options: { rowGroupSize: 1_000 } });
    const { num_rows, row_groups } = parquetMetadata(new Uint8Array(file).buffer);
    expect(num_rows).toBe(2_500n);
    expect(row_groups.map((group) => Number(group.num_rows))).toEqual([1_000, 1_000, 500]);
  });

  it('has smaller pages where they were asked for', async () => {
    const many = Array.from({ length: 20_000 }, (_, place) => [`${'a long text '.repeat(20)}${place}`]);
    const pages = async (pageSize: number) => {
      const file = await encode({
        columns: { text: 'text' },
        rows: many,
        options: { pageSize, compression: 'none' },
      });
      return file.length;
    };
    // Each page has a head of its own.
    expect(await pages(8 * 1024)).toBeGreaterThan(await pages(1024 * 1024));
  });

  it('says of itself what the export knows, and what its owner wants said', async () => {
    const path = await reader.file({
      columns,
      rows: [],
      options: { metadata: { team: 'Lager „Süd“' } },
      metadata: { dataset: 'zipcodes', watermark: 7 },
    });
    const pairs = await reader.ask(
      `select decode(key) as key, decode(value) as value from parquet_kv_metadata('${path}')`,
    );
    expect(pairs).toEqual([
      { key: 'entrepot', value: '{"dataset":"zipcodes","watermark":7}' },
      { key: 'team', value: 'Lager „Süd“' },
    ]);
    for (const name of ['entrepot', 'ARROW:schema', 'pandas'])
      expect(() => parquet.options.parse({ metadata: { [name]: '' } })).toThrow('taken');
  });

  it('ends with the error of its rows, and is not whole', async () => {
    const failing = (async function* () {
      yield rows.slice(0, 3_000);
      throw new Error('the connection is gone');
    })();
    const file = encode({ columns, rows: failing, options: { rowGroupSize: 1_000 } });
    await expect(file).rejects.toThrow('the connection is gone');
  });

  it('has any decimal that fits exactly as it is', async () => {
    const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
    const amount = fc
      .tuple(fc.constantFrom('', '-'), digits(29), fc.option(digits(9)))
      .map(([sign, whole, fraction]) => `${sign}${BigInt(whole)}${fraction === null ? '' : `.${fraction}`}`);
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 50 }), async (amounts) => {
        const path = await reader.file({
          columns: { amount: 'decimal' },
          rows: amounts.map((each) => [each]),
        });
        const read = await reader.ask(`select amount::varchar as amount from '${path}'`);
        expect(read.map(({ amount: each }) => scaled(String(each)))).toEqual(amounts.map(scaled));
      }),
      { numRuns: 30 },
    );
  });

  it('has any day of its years, and any time', async () => {
    const first = new Date('0001-01-01T00:00:00Z');
    const last = new Date('9999-12-31T23:59:59.999Z');
    const time = fc.date({ min: first, max: last, noInvalidDate: true }).map((date) => date.toISOString());
    await fc.assert(
      fc.asyncProperty(fc.array(time, { minLength: 1, maxLength: 50 }), async (times) => {
        const cells = times.map((each) => [each.slice(0, 10), each]);
        const file = await encode({ columns: { day: 'date', time: 'timestamp' }, rows: cells });
        const read = await parquetReadObjects({ file: new Uint8Array(file).buffer });
        expect(read.map(({ day, time: at }) => [day.toISOString().slice(0, 10), at.toISOString()])).toEqual(
          cells,
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('a cell that its column cannot hold', () => {
  it.each<[keyof typeof misfits, string, object]>([
    ['whole', '9223372036854775808', {}],
    ['whole', '1.5', {}],
    ['amount', '0.0000000001', {}],
    ['amount', '123456789012345678901234567890', {}],
    ['amount', '1.234', { decimalScale: 2 }],
    ['amount', 'NaN', {}],
    ['amount', '-Infinity', {}],
    ['day', '0044-03-15 BC', {}],
    ['day', 'infinity', {}],
    ['day', '10000-01-01', {}],
    ['time', '-infinity', {}],
    ['time', '10000-01-01T00:00:00Z', {}],
    ['data', '{"a":1}', { lists: ['data'] }],
    ['data', '[[1]]', { lists: ['data'] }],
  ])('ends the file with an error that says what to do: %s %s', async (name, cell, options) => {
    const file = encode({ columns: { [name]: columns[name] ?? 'text' }, rows: [[cell]], options });
    await expect(file).rejects.toMatchObject({
      code: 'data_validation_failed',
      message: expect.stringMatching(misfits[name]),
    });
  });

  it('may be written as text, or as floating point', async () => {
    const amounts = ['0.0000000001', '123456789012345678901234567890.5', 'NaN', '-Infinity', null];
    const written = { columns: { amount: 'decimal' }, rows: amounts.map((each) => [each]) } as const;
    const text = await reader.file({ ...written, options: { decimals: 'text' } });
    expect((await reader.ask(`from '${text}'`)).map(({ amount }) => amount)).toEqual(amounts);
    const double = await reader.file({ ...written, options: { decimals: 'double' } });
    expect((await reader.ask(`select amount::varchar as a from '${double}'`)).map(({ a }) => a)).toEqual([
      '1e-10',
      '1.2345678901234568e+29',
      'nan',
      '-inf',
      null,
    ]);
  });
});

describe('the options of a Parquet file', () => {
  it('refuse lzo with the reason', () => {
    expect(() => parquet.options.parse({ compression: 'lzo' })).toThrow(/no maintained library.*snappy/);
    expect(() => parquet.options.parse({ compression: 'rar' })).toThrow(/snappy/);
  });
});

/** Both readers decode a text without its byte order mark. */
function asDecoded(text: CellText | undefined): CellText {
  return text?.replace(/^\uFEFF/, '') ?? null;
}

/** A decimal as a whole number of billionths. */
function scaled(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(9, '0'));
}

async function typesOf(written: { columns: Columns; options?: object }): Promise<Record<string, unknown>> {
  const path = await reader.file({ ...written, rows: [] });
  const described = await reader.ask(`select column_name, column_type from (describe from '${path}')`);
  return Object.fromEntries(described.map(({ column_name, column_type }) => [column_name, column_type]));
}
