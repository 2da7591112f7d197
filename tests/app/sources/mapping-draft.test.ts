import { describe, expect, it } from 'vitest';
import {
  draftsOf,
  mappingOf,
  mappingProblems,
  newTransform,
  transformProblem,
  withOption,
} from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import { type FieldMapping, fieldMappingSchema } from '#lib/datasets/mapping.ts';

describe('a mapping that is being written', () => {
  it('is saved as it was stored where nothing was changed', () => {
    const fields: FieldMapping = {
      sku: 'SKU',
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
});
