import { describe, expect, it } from 'vitest';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import type { JsonNumbers } from '#lib/core/json-object.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { Format } from '#lib/exports/formats/contract.ts';
import { json } from '#lib/exports/formats/json.ts';
import { ndjson } from '#lib/exports/formats/ndjson.ts';

const columns: { header: string; type: ColumnType }[] = [
  { header: 'text', type: 'text' },
  { header: 'integer', type: 'integer' },
  { header: 'decimal', type: 'decimal' },
  { header: 'boolean', type: 'boolean' },
  { header: 'date', type: 'date' },
  { header: 'time', type: 'timestamp' },
  { header: 'json', type: 'json' },
];
const row: CellText[] = [
  'say "hi"\n😀\u0001',
  '9007199254740991',
  '12345678901234567890.1200',
  'true',
  '0001-01-01',
  '9999-12-31T23:59:59.999999Z',
  '{"a":[1.10,null]}',
];

async function write(format: Format, rows: CellText[][], numbers: JsonNumbers = 'exact') {
  const batches = (async function* () {
    for (const each of rows) yield [each];
  })();
  const listed = columns.map((column) => ({ ...column, source: column.header }));
  const chunks = await Array.fromAsync(
    format.encode(
      { name: 'test', columns: listed, rows: batches },
      format.options.parse({ numbers }),
      fileContext({ title: 'test', metadata: { export: 'Alaska' } }),
    ),
  );
  return Buffer.concat(chunks).toString();
}

describe('NDJSON', () => {
  it('is one object a line with every value exact', async () => {
    const [first, second, end] = (await write(ndjson, [row, row.map(() => null)])).split('\n');
    expect(JSON.parse(first as string)).toEqual({
      text: 'say "hi"\n😀\u0001',
      integer: 9007199254740991,
      decimal: '12345678901234567890.1200',
      boolean: true,
      date: '0001-01-01',
      time: '9999-12-31T23:59:59.999999Z',
      json: { a: [1.1, null] },
    });
    expect(new Set(Object.values(JSON.parse(second as string)))).toEqual(new Set([null]));
    expect(end).toBe('');
  });

  it('writes json columns as they are stored', async () => {
    expect(await write(ndjson, [row])).toContain('"json":{"a":[1.10,null]}');
  });

  it.each([
    ['9007199254740992', '"9007199254740992"'],
    ['-9007199254740991', '-9007199254740991'],
    ['-9007199254740993', '"-9007199254740993"'],
    ['0', '0'],
  ])('writes the integer %s as %s', async (cell, written) => {
    expect(await write(ndjson, [row.with(1, cell)])).toContain(`"integer":${written},`);
  });

  it('writes every number as a number where asked to, all its digits kept', async () => {
    const text = await write(ndjson, [row.with(1, '9223372036854775807')], 'number');
    expect(text).toContain('"integer":9223372036854775807,"decimal":12345678901234567890.1200,');
    expect(await write(ndjson, [row.with(2, 'NaN')], 'number')).toContain('"decimal":"NaN"');
  });
});

describe('a JSON file', () => {
  it('holds metadata and data', async () => {
    const file = JSON.parse(await write(json, [row, row]));
    expect(file.metadata).toEqual({ export: 'Alaska' });
    expect(file.data).toHaveLength(2);
  });

  it('is whole without a row', async () => {
    expect(JSON.parse(await write(json, []))).toEqual({ metadata: { export: 'Alaska' }, data: [] });
  });
});
