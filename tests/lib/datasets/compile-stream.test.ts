import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { compileStream } from '#lib/datasets/compile-stream.ts';
import {
  datasetsOf,
  type StreamFields,
  streamMappingSchema,
  streamProblems,
} from '#lib/datasets/stream-mapping.ts';

const typed = { rawText: false };
const orders = {
  columns: [
    { name: 'order_number', type: 'text' },
    { name: 'total', type: 'decimal' },
  ] satisfies Column[],
  key: ['order_number'],
};
const lines = {
  columns: [
    { name: 'order_number', type: 'text' },
    { name: 'line_number', type: 'integer' },
    { name: 'sku', type: 'text' },
    { name: 'quantity', type: 'decimal' },
  ] satisfies Column[],
  key: ['order_number', 'line_number'],
};
const fields = { order_number: 'No', total: 'Total' };
const lineFields = { order_number: 'parent.No', line_number: 'index', sku: 'item.sku', quantity: 'qty' };
const withLines: StreamFields = { fields, also: [{ each: 'lines', fields: lineFields }] };

const map = (mapping: StreamFields, json: string, targets = [orders, lines]) => {
  const values = parseExactJson(json) as Readonly<Record<string, unknown>>;
  return compileStream(mapping, targets, typed).map({ values });
};
const order =
  '{ "No": "A1", "Total": 5.50, "lines": [{ "sku": "a", "qty": 1.10 }, { "sku": "b", "qty": 2 }] }';

describe('a row with a list', () => {
  it('makes a row of its own dataset and one for each item, which knows its row and its place', () => {
    const { targets, sourceColumns } = compileStream(withLines, [orders, lines], typed);
    expect(targets.map(({ columns }) => columns.map(({ name }) => name))).toEqual([
      ['order_number', 'total'],
      ['order_number', 'line_number', 'sku', 'quantity', 'parent_external_id'],
    ]);
    expect(targets.map(({ each }) => each)).toEqual([undefined, 'lines']);
    expect(sourceColumns).toEqual(['No', 'Total', 'lines']);
    expect(map(withLines, order)).toMatchObject({
      ok: true,
      refused: [],
      rows: [
        [{ externalId: 'A1', values: ['A1', '5.50'] }],
        [
          { externalId: '["A1","1"]', parentExternalId: 'A1', values: ['A1', '1', 'a', '1.10', 'A1'] },
          { externalId: '["A1","2"]', parentExternalId: 'A1', values: ['A1', '2', 'b', '2', 'A1'] },
        ],
      ],
    });
  });

  it('has no items where the list is absent, null or empty', () => {
    for (const json of ['{ "No": "A1" }', '{ "No": "A1", "lines": null }', '{ "No": "A1", "lines": [] }']) {
      expect(map(withLines, json)).toMatchObject({ rows: [[{ externalId: 'A1' }], []], refused: [] });
    }
  });

  it('loses only the bad item, with its place, and keeps the places of the others', () => {
    const json = '{ "No": "A1", "lines": [{ "sku": "a", "qty": "x" }, 7, { "sku": "b", "qty": 2 }] }';
    expect(map(withLines, json)).toMatchObject({
      rows: [[{ externalId: 'A1' }], [{ externalId: '["A1","3"]' }]],
      refused: [
        { target: 1, place: 'lines[0]', field: 'quantity', value: 'x', externalId: '["A1","1"]' },
        { target: 1, place: 'lines[1]', field: 'sku', reason: 'has no "sku" in it', item: 7 },
      ],
    });
  });

  it('keeps its own row where the list is none, and says so', () => {
    expect(map(withLines, '{ "No": "A1", "lines": { "sku": "a" } }')).toMatchObject({
      rows: [[{ externalId: 'A1' }], []],
      refused: [{ target: 1, place: 'lines', field: 'lines', reason: 'is not a list', value: { sku: 'a' } }],
    });
    const nested = { fields, also: [{ each: 'a.lines', fields: lineFields }] };
    expect(map(nested, '{ "No": "A1", "a": 5 }')).toMatchObject({
      refused: [{ place: 'a.lines', reason: 'has no "lines" in it' }],
    });
  });

  it('is refused with all of its items', () => {
    expect(map(withLines, '{ "No": "A1", "Total": "x", "lines": [{ "sku": "a" }] }')).toMatchObject({
      ok: false,
      externalId: 'A1',
      field: 'total',
    });
  });

  it('is computed with what the item, its row and its place have', () => {
    const also = [
      {
        each: 'order.tags',
        fields: {
          order_number: { expression: 'parent["No"] + "/" + string(index)' },
          line_number: 'index',
          sku: { from: 'item', transform: ['upper' as const] },
        },
      },
    ];
    expect(map({ fields, also }, '{ "No": "A1", "order": { "tags": ["x", "y"] } }')).toMatchObject({
      rows: [[{}], [{ values: ['A1/1', '1', 'X', 'A1'] }, { values: ['A1/2', '2', 'Y', 'A1'] }]],
    });
  });

  it('tells by its hash that an item has come to another row', () => {
    const flat = { each: 'lines', fields: { ...lineFields, order_number: 'item.of' } };
    const hashOf = (no: string) => {
      const mapped = map({ fields, also: [flat] }, `{ "No": "${no}", "lines": [{ "of": "x", "sku": "a" }] }`);
      return mapped.ok && mapped.rows[1]?.[0]?.hash;
    };
    expect(hashOf('A1')).not.toBe(hashOf('A2'));
    expect(hashOf('A1')).toBe(hashOf('A1'));
  });
});

describe('what fills no column', () => {
  const kept = (mapping: StreamFields, json: string) => {
    const mapped = map({ ...mapping, keepExtra: true }, json);
    return mapped.ok ? mapped.rows.map((rows) => rows.map(({ values }) => values)) : mapped.reason;
  };

  it('is kept as JSON, its numbers exact, where that is wished', () => {
    const json = '{ "No": "A1", "z": 12345678901234567890, "a": { "b": [1.10, null] } }';
    expect(kept({ fields }, json)).toEqual([
      [['A1', null, '{"a":{"b":[1.10,null]},"z":12345678901234567890}']],
    ]);
    expect(kept({ fields }, '{ "No": "A1", "Total": 1 }')).toEqual([[['A1', '1', null]]]);
  });

  it('includes what is read in part alone, and not the list whose items have rows of their own', () => {
    const mapping = {
      fields: { order_number: 'head.no', total: { expression: 'net + tax' } },
      also: [{ each: 'lines', fields: { ...lineFields, order_number: 'parent.head.no' } }],
    };
    const json =
      '{ "head": { "no": "A" }, "net": 1, "tax": 2, "lines": [{ "sku": "a", "qty": 1, "note": "x" }] }';
    expect(kept(mapping, json)).toEqual([
      [['A', '3', '{"head":{"no":"A"},"net":1,"tax":2}']],
      [['A', '1', 'a', '1', '{"note":"x","sku":"a"}', 'A']],
    ]);
  });

  it('is part of the hash, whatever the order of the columns', () => {
    const hashOf = (json: string, keepExtra = true) => {
      const mapped = map({ fields, keepExtra }, json);
      return mapped.ok && mapped.rows[0]?.[0]?.hash;
    };
    expect(hashOf('{ "No": "A1", "a": 1, "b": 2 }')).toBe(hashOf('{ "b": 2, "a": 1, "No": "A1" }'));
    expect(hashOf('{ "No": "A1", "a": 1 }')).not.toBe(hashOf('{ "No": "A1", "a": 1.0 }'));
    expect(hashOf('{ "No": "A1", "a": 1 }', false)).toBe(hashOf('{ "No": "A1", "a": 2 }', false));
  });

  it('refuses the row where no json column can hold it', () => {
    expect(kept({ fields }, '{ "No": "A1", "x": "\\u0000" }')).toMatch(/NUL/);
  });

  it('and what does together are the whole row', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (others) => {
        const mapped = map({ fields, keepExtra: true }, JSON.stringify({ ...others, No: 'A1', Total: 1 }));
        const { No: _no, Total: _total, ...rest } = others;
        const extra = mapped.ok ? mapped.rows[0]?.[0]?.values[2] : undefined;
        expect(JSON.parse(extra ?? '{}')).toEqual(rest);
      }),
    );
  });
});

describe('a stream’s mapping', () => {
  const whole = {
    dataset: 'orders',
    fields,
    also: [{ dataset: 'lines', each: 'lines', fields: { sku: 'sku', colour: 'c' } }],
  };

  it('is what it was before, and says which datasets it fills', () => {
    expect(streamMappingSchema.parse({ dataset: 'orders', fields })).toEqual({ dataset: 'orders', fields });
    expect(datasetsOf(streamMappingSchema.parse(whole))).toEqual(['orders', 'lines']);
    expect(streamMappingSchema.safeParse({ ...whole, each: 'x' }).success).toBe(false);
  });

  it('that does not fit is refused when it is saved, each field by its place', () => {
    expect(streamProblems(whole, [orders, lines], typed)).toEqual({
      'also.0.fields.colour': 'the dataset has no such column',
      'also.0.fields.order_number': 'belongs to the key and must be mapped',
      'also.0.fields.line_number': 'belongs to the key and must be mapped',
    });
    expect(streamProblems(withLines, [orders, lines], typed)).toEqual({});
    expect(streamProblems(withLines, [orders, lines], { rawText: true })).toEqual({
      also: 'the source is a table of texts: it holds no lists',
    });
  });

  it('that no longer fits a dataset stops the sync', () => {
    expect(() => compileStream(whole, [orders, lines], typed)).toThrow(
      expect.objectContaining({ code: 'MAPPING_ERROR', message: expect.stringContaining('"colour"') }),
    );
  });
});
