import { describe, expect, it } from 'vitest';
import type { SourceRow } from '#connectors/contract.ts';
import type { Column } from '#lib/core/columns.ts';
import { compileStream } from '#lib/datasets/compile-stream.ts';
import { fieldMappingSchema, mappingProblems } from '#lib/datasets/mapping.ts';
import type { MappedValues } from '#lib/datasets/row-mapper.ts';

const columns: Column[] = [
  { name: 'sku', type: 'text' },
  { name: 'lot', type: 'integer' },
  { name: 'price', type: 'decimal' },
  { name: 'note', type: 'text' },
  { name: 'tags', type: 'json' },
];

/** A mapping onto one dataset, ready for many rows. */
const compile = (fields: unknown, key: string[], rawText = true) => {
  const mapping = { fields: fieldMappingSchema.parse(fields) };
  const { targets, sourceColumns, map } = compileStream(mapping, [{ columns, key }], { rawText });
  return {
    columns: targets[0]?.columns ?? [],
    sourceColumns,
    map: (row: SourceRow) => {
      const mapped = map(row);
      if (!mapped.ok) return mapped;
      return mapped.rows[0]?.[0] as MappedValues;
    },
  };
};
const map = (fields: unknown, values: Record<string, unknown>, key = ['sku']) =>
  compile(fields, key).map({ values });

describe('a mapped row', () => {
  it('has its values in the order of the dataset, whatever that of the mapping', () => {
    const mapping = compile({ note: 'n', price: 'p', sku: 'id' }, ['sku']);
    expect(mapping.columns.map(({ name }) => name)).toEqual(['sku', 'price', 'note']);
    expect(mapping.sourceColumns).toEqual(['id', 'p', 'n']);
    expect(mapping.map({ values: { id: '00501', p: '1.10', n: '' } })).toMatchObject({
      ok: true,
      externalId: '00501',
      values: ['00501', '1.10', ''],
    });
  });

  it('has the JSON array of a compound key as its id, in the order of the key', () => {
    expect(map({ sku: 'a', lot: 'b' }, { a: 'x"y', b: '007' }, ['lot', 'sku'])).toMatchObject({
      externalId: '["7","x\\"y"]',
    });
  });

  it('has a key that was transformed and coerced', () => {
    expect(map({ sku: { from: 'a', transform: ['trim', 'upper'] } }, { a: ' ab ' })).toMatchObject({
      externalId: 'AB',
    });
  });

  it('has null where the source has no such field, and the default where one is given', () => {
    const fields = { sku: 'a', price: 'toString', note: { from: 'n', transform: ['trim'], default: 'none' } };
    expect(map(fields, { a: '1' })).toMatchObject({ values: ['1', null, 'none'] });
    expect(map(fields, { a: '1', n: '  ' })).toMatchObject({ values: ['1', null, 'none'] });
    expect(map(fields, { a: '1', n: 0 })).toMatchObject({ values: ['1', null, '0'] });
  });

  it('has a text in a json column as the JSON it spells where the stream is raw text, else as a JSON string', () => {
    const tags = (rawText: boolean, value: unknown) => {
      const mapped = compile({ sku: 'a', tags: 't' }, ['sku'], rawText).map({ values: { a: '1', t: value } });
      return mapped.ok ? mapped.values[1] : mapped.reason;
    };
    expect([tags(true, '12'), tags(false, '12')]).toEqual(['12', '"12"']);
    expect([tags(true, '["x"]'), tags(false, '["x"]')]).toEqual(['["x"]', '"[\\"x\\"]"']);
    expect([tags(true, 'hello'), tags(false, 'hello')]).toEqual(['is not JSON', '"hello"']);
    expect([tags(true, ''), tags(false, '')]).toEqual([null, null]);
    expect(tags(false, 'a\0')).toMatch(/NUL/);
    expect(tags(false, { a: ['x', 1] })).toBe('{"a":["x",1]}');
  });

  it('has the default of a json column as the JSON that was typed, whatever the stream', () => {
    const fields = { sku: 'a', tags: { from: 't', default: '[]' } };
    for (const rawText of [true, false]) {
      expect(compile(fields, ['sku'], rawText).map({ values: { a: '1' } })).toMatchObject({
        values: ['1', '[]'],
      });
    }
  });

  it('has what lies within a column, unless the stream is raw text', () => {
    const fields = { sku: 'ids[0]', note: { from: 'address.city', transform: ['upper'] } };
    const values = { ids: ['a'], address: { city: 'Anchorage' }, 'address.city': undefined };
    expect(compile(fields, ['sku'], false).map({ values: { ...values, 'address.city': 'x' } })).toMatchObject(
      {
        values: ['a', 'X'],
      },
    );
    const { 'address.city': _, ...nested } = values;
    expect(compile(fields, ['sku'], false).map({ values: nested })).toMatchObject({
      values: ['a', 'ANCHORAGE'],
    });
    expect(compile(fields, ['sku'], true).map({ values: nested })).toMatchObject({
      ok: false,
      externalId: null,
    });
  });

  it('that has no such parts where a path leads is refused, with what it is', () => {
    const mapping = compile({ sku: 'id', note: 'address.city' }, ['sku'], false);
    expect(mapping.map({ values: { id: '1', address: 'Main Street' } })).toMatchObject({
      field: 'note',
      reason: 'has no "city" in it',
    });
    expect(mapping.map({ values: { id: '1', address: '' } })).toMatchObject({ values: ['1', null] });
  });

  it('has what an expression gives, exactly, and is refused with what it read where there is nothing to give', () => {
    const fields = {
      sku: 'id',
      price: { expression: 'price * quantity', default: 0 },
      note: { expression: 'row["Full name"].trim()', transform: ['upper'] },
      tags: { expression: '[id, price]' },
    };
    const mapping = compile(fields, ['sku'], false);
    expect(mapping.sourceColumns).toEqual(['id', 'price', 'quantity', 'Full name']);
    const price = JSON.rawJSON('12345678901234567890.10');
    expect(mapping.map({ values: { id: 'a', price, quantity: '2', 'Full name': ' ann ' } })).toMatchObject({
      values: ['a', '24691357802469135780.20', 'ANN', '["a",12345678901234567890.10]'],
    });
    expect(mapping.map({ values: { id: 'a', price: 1 } })).toMatchObject({
      values: ['a', '0', null, '["a",1]'],
    });
    expect(mapping.map({ values: { id: 'a', price: 'dear', quantity: 2, other: 3 } })).toEqual({
      ok: false,
      externalId: 'a',
      field: 'price',
      reason: 'cannot be computed: it has "dear" where a number is needed',
      value: { price: 'dear', quantity: 2 },
    });
  });

  it.each([[''], [null], [undefined]])(
    'without its key (%j) is refused, and nobody can say which it was',
    (value) => {
      expect(map({ sku: 'a', price: 'p' }, { a: value, p: '1' })).toEqual({
        ok: false,
        externalId: null,
        field: 'sku',
        reason: 'belongs to the key and is empty',
        value,
      });
    },
  );

  it('names the part of a compound key that is missing', () => {
    expect(map({ sku: 'a', lot: 'b' }, { a: 'x', b: '' }, ['sku', 'lot'])).toMatchObject({
      field: 'lot',
      value: '',
    });
  });

  it('that is refused for another column keeps its id, the first reason and the value as it came', () => {
    expect(map({ sku: 'a', lot: 'b', price: 'p' }, { a: 'x', b: '1.5', p: 'no' })).toEqual({
      ok: false,
      externalId: 'x',
      field: 'lot',
      reason: 'has a fraction, and the column takes whole numbers',
      value: '1.5',
    });
  });

  it('with a key that no index takes is refused', () => {
    expect(map({ sku: 'a' }, { a: 'é'.repeat(1_001) })).toMatchObject({
      ok: false,
      field: 'sku',
      reason: /2000 bytes/,
    });
    expect(map({ sku: 'a' }, { a: 'é'.repeat(1_000) })).toMatchObject({ ok: true });
  });
});

describe('the hash of a row', () => {
  const hashOf = (fields: unknown, values: Record<string, unknown>) => {
    const mapped = map(fields, values);
    if (!mapped.ok) throw new Error(mapped.reason);
    return mapped.hash;
  };
  const both = { sku: 'a', note: 'n' };

  it('is that of the same values, and 16 bytes in hexadecimal', () => {
    expect(hashOf(both, { a: '1', n: 'x' })).toBe(hashOf(both, { n: 'x', a: '1', other: 2 }));
    expect(hashOf(both, { a: '1', n: 'x' })).toMatch(/^[0-9a-f]{32}$/);
  });

  it('tells apart null, an empty text, where a text ends, and which columns are mapped', () => {
    const price = { sku: 'a', price: 'n' };
    const hashes = [
      hashOf(both, { a: '1', n: null }),
      hashOf(both, { a: '1', n: '' }),
      hashOf(both, { a: '1', n: '-' }),
      hashOf(both, { a: '1=', n: '' }),
      hashOf(both, { a: '1', n: '5' }),
      hashOf(price, { a: '1', n: '5' }),
      hashOf({ sku: 'a' }, { a: '1' }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('a mapping', () => {
  it('that does not fit is refused when it is saved, each field with its reason', () => {
    const target = { columns, key: ['sku', 'lot'] };
    expect(mappingProblems({ sku: 'a', colour: 'c' }, target)).toEqual([
      ['colour', 'the dataset has no such column'],
      ['lot', 'belongs to the key and must be mapped'],
    ]);
    expect(mappingProblems({ sku: 'a' }, { columns, key: ['sku'] })).toEqual([]);
  });

  it('that no longer fits stops the sync', () => {
    expect(() => compile({ sku: 'a', gone: 'b' }, ['sku'])).toThrow(
      expect.objectContaining({ code: 'MAPPING_ERROR', message: expect.stringContaining('"gone"') }),
    );
  });

  it('with an expression that never fits its column is refused when it is saved, unless a transform comes after', () => {
    const problems = (one: unknown) =>
      mappingProblems(fieldMappingSchema.parse({ sku: 'a', price: one }), { columns, key: ['sku'] });
    expect(problems({ expression: 'a == b' })).toEqual([
      ['price', 'the expression gives true or false, which a column of type decimal does not take'],
    ]);
    expect(problems({ expression: '[1]' })).toHaveLength(1);
    expect(problems({ expression: 'a * b' })).toEqual([]);
    expect(problems({ expression: 'a == b', transform: [{ name: 'default', value: 1 }] })).toEqual([]);
  });

  it.each([
    [{ sku: { expression: 'a +' } }, /^character 4: something is missing/],
    [{ sku: { expression: 'a', from: 'b' } }, /from/],
    [{ sku: { from: 'a', transform: ['shout'] } }, /transform\.0: there is no transform "shout"/],
    [{ sku: 5 }, /must be a column of the source, \{ from, … \} or \{ expression, … \}/],
  ])('%j says what is wrong with the field', (fields, reason) => {
    const [issue] = fieldMappingSchema.safeParse(fields).error?.issues ?? [];
    expect(issue?.path.join('.')).toBe('sku');
    expect(issue?.message).toMatch(reason);
  });

  it.each([
    [{ sku: '' }],
    [{ sku: { from: 'x'.repeat(1_001) } }],
    [{ sku: { transform: ['trim'] } }],
    [{ sku: { from: 'a', transforms: ['trim'] } }],
    [{ sku: { from: 'a', transform: ['shout'] } }],
    [{ sku: 5 }],
  ])('%j is no mapping', (fields) => {
    expect(fieldMappingSchema.safeParse(fields).success).toBe(false);
  });
});
