import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/datasets/refusal.ts';
import { pathReader, pathTo, rootOf } from '#lib/datasets/source-path.ts';

const row = {
  address: { city: 'Anchorage', 'zip.code': '99501', geo: null },
  lines: [{ sku: 'a', tags: ['x', 'y'] }, { sku: 'b' }],
  'address.city': 'as it is called',
  'a.b': 1,
  name: 'Goods',
  empty: '',
  none: [],
};

describe('a path', () => {
  it.each([
    ['name', 'Goods'],
    ['address', row.address],
    ['address["zip.code"]', '99501'],
    ['lines[0].sku', 'a'],
    ['lines[1]["sku"]', 'b'],
    ['lines[0].tags[1]', 'y'],
    ['["a.b"]', 1],
    ['lines[2].sku', undefined],
    ['address.geo.lat', undefined],
    ['empty.city', undefined],
    ['none.city', undefined],
    ['gone.city', undefined],
    ['toString', undefined],
    ['address.toString', undefined],
    ['lines.length', new Refusal('is a list: say of which item, as in [0].length')],
    ['name.first', new Refusal('has no "first" in it')],
    ['address[0]', new Refusal('is an object, so it has no item [0]')],
  ])('%s reads %j', (path, value) => {
    expect(pathReader(path)(row)).toEqual(value);
  });

  it('that is also the name of a column means the column, where the row has it', () => {
    const read = pathReader('address.city');
    expect(read(row)).toBe('as it is called');
    expect(read({ address: { city: 'Anchorage' } })).toBe('Anchorage');
  });

  it.each(['Price (€)', 'a..b', 'x[y]', '.a', 'a.', '[0]', 'a[0', 'a]', 'lines[0]x', '["a'])(
    '%j is none, so it is the name of a column',
    (name) => {
      expect(pathReader(name)({ [name]: 7 })).toBe(7);
      expect(pathReader(name)({ a: { b: 1 } })).toBeUndefined();
      expect(rootOf(name)).toBe(name);
    },
  );

  it('begins in a column', () => {
    expect(['lines[0].sku', 'address.city', '["a.b"].c', 'x'].map(rootOf)).toEqual([
      'lines',
      'address',
      'a.b',
      'x',
    ]);
  });

  it('leads to every member and item that there is, whatever it is called', () => {
    const key = fc.string({ minLength: 1, unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.oneof(key, fc.nat({ max: 3 })), { minLength: 1, maxLength: 6 }), (steps) => {
        const members = typeof steps[0] === 'string' ? steps : ['x', ...steps];
        const values = members.reduceRight<unknown>((inner, step) => {
          if (typeof step === 'number') return Array.from({ length: step + 1 }, () => inner);
          return Object.fromEntries([[step, inner]]);
        }, 'found');
        const path = members.reduce<string | undefined>(pathTo, undefined) ?? '';
        expect(pathReader(path)(values)).toBe('found');
      }),
    );
  });
});
