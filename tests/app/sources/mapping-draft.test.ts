import { describe, expect, it } from 'vitest';
import {
  computedField,
  draftsOf,
  isKeyFilled,
  mappingOf,
  mappingProblems,
  readField,
  unusedColumns,
} from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import {
  newTransform,
  transformProblem,
  withOption,
} from '#app/(dashboard)/sources/_mapping/transform-draft.ts';
import { type FieldMapping, fieldMappingSchema } from '#lib/datasets/mapping.ts';

describe('a mapping that is being written', () => {
  it('is saved as it was stored where nothing was changed', () => {
    const fields: FieldMapping = {
      sku: 'SKU',
      total: { expression: 'price * quantity', transform: ['number'] },
      bare: { expression: 'a' },
      state: { from: 'a.b', transform: [{ name: 'translate', table: { A: 'x', B: '' } }] },
      price: { from: 'Price', transform: ['trim', { name: 'number', decimal: ',' }], default: '0' },
    };
    expect(mappingOf(draftsOf(fields))).toEqual(fields);
  });

  it('leaves a transform out for as long as it lacks something, and says what', () => {
    const empty = newTransform('replace');
    expect(transformProblem(empty)).toBe('Fill in “Find”.');
    const drafts = { x: { from: 'x', transforms: [empty], fallback: '' } };
    expect(mappingOf(drafts)).toEqual({ x: 'x' });
    const whole = { x: { from: 'x', transforms: [withOption(empty, 'find', 'a')], fallback: '' } };
    expect(fieldMappingSchema.parse(mappingOf(whole))).toEqual({
      x: { from: 'x', transform: [{ name: 'replace', find: 'a', with: '' }] },
    });
  });

  it('needs every key column and only columns that the source has', () => {
    const target = {
      name: 'goods',
      columns: [
        { name: 'sku', type: 'text' },
        { name: 'size', type: 'text' },
      ],
      key: ['sku'],
    } as const;
    const problems = mappingProblems(draftsOf({ size: 'Size' }), target, new Set(['SKU']));
    expect(Object.keys(problems)).toEqual(['sku', 'size']);
    expect(mappingProblems(draftsOf({ sku: 'SKU' }), target, new Set(['SKU']))).toEqual({});
  });

  it('may compute a column, or read it again, and keeps what else was said of it', () => {
    const read = draftsOf({ x: { from: 'a', transform: ['trim'], default: '0' } }).x;
    const computed = computedField(read, 'a + b');
    expect(mappingOf({ x: computed })).toEqual({
      x: { expression: 'a + b', transform: ['trim'], default: '0' },
    });
    expect(readField(computed, 'a')).toEqual(read);
    expect(mappingOf({ x: computedField(undefined, ' ') })).toEqual({});
    expect(isKeyFilled({ x: computedField(undefined, ' ') }, { key: ['x'] })).toBe(false);
    expect(isKeyFilled({ x: computedField(undefined, 'a') }, { key: ['x'] })).toBe(true);
    const target = { columns: [{ name: 'x', type: 'text' }], key: ['x'] } as const;
    expect(mappingProblems({ x: computedField(undefined, '') }, target, new Set())).toEqual({
      x: 'Write an expression, or choose a column.',
    });
    expect(mappingProblems({ x: computed }, target, new Set())).toEqual({});
  });

  it('may read what lies within a column that the source has', () => {
    const target = { columns: [{ name: 'x', type: 'text' }], key: [] } as const;
    const problems = (from: string) => mappingProblems(draftsOf({ x: from }), target, new Set(['a', 'c.d']));
    expect([problems('a.b'), problems('a[0].x'), problems('c.d')]).toEqual([{}, {}, {}]);
    expect(problems('b.a')).toEqual({ x: 'The source has no column “b.a” any more.' });
  });

  it('says which columns of the source fill nothing', () => {
    const columns = ['a', 'b', 'c', 'Unit Price', 'd'].map((name) => ({ name, type: 'text' }) as const);
    const drafts = draftsOf({ x: 'a.b', y: { expression: 'c * row["Unit Price"]' } });
    expect(unusedColumns(drafts, columns)).toEqual(['b', 'd']);
  });

  it('leaves a table out for as long as it says nothing, or something twice', () => {
    const table = (lines: unknown) => withOption(newTransform('translate'), 'table', lines);
    const stored = (lines: unknown) =>
      mappingOf({ x: { from: 'x', transforms: [table(lines)], fallback: '' } });
    expect(transformProblem(newTransform('translate'))).toBe('Fill in “Texts”.');
    expect(transformProblem(table([['', 'x']]))).toBe('Fill in “Texts”.');
    expect(
      transformProblem(
        table([
          ['A', 'x'],
          ['A', 'y'],
        ]),
      ),
    ).toBe('“A” is in the table twice.');
    expect(
      stored([
        ['A', 'x'],
        ['A', 'y'],
      ]),
    ).toEqual({ x: 'x' });
    expect(
      fieldMappingSchema.parse(
        stored([
          ['A', 'x'],
          ['', 'y'],
        ]),
      ),
    ).toEqual({
      x: { from: 'x', transform: [{ name: 'translate', table: { A: 'x' } }] },
    });
  });
});
