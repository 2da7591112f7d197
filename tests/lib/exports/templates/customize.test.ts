import { describe, expect, it } from 'vitest';
import { type ChosenValue, customized, hasMeaning, type Setting } from '#lib/exports/templates/customize.ts';

const definition = {
  dataset: 'orders',
  columns: [{ source: 'id' }, { source: 'cost' }, { source: 'price' }],
  filter: {
    and: [
      { field: 'status', op: 'eq', value: 'open' },
      { field: 'total', op: 'gt', value: 1 },
    ],
  },
  format: { type: 'csv', options: { delimiter: ',' } },
};

function withSettings(sets: readonly Setting[], value: ChosenValue, format?: string) {
  const template = { definition, customizations: [{ field: 'it', default: 'unused', sets }] };
  return customized(template, { format, values: { it: value } });
}

describe('a chosen value', () => {
  it('is put at its place, and where the definition has left out what is around it', () => {
    expect(withSettings([{ path: 'filter.and.1.value' }], 7)).toMatchObject({
      filter: { and: [{ value: 'open' }, { value: 7 }] },
    });
    expect(withSettings([{ path: 'split.rows' }], 9)).toMatchObject({ split: { rows: 9 } });
  });

  it('stands for what is listed for it, and changes nothing where nothing is', () => {
    const sets = [{ path: 'filter', values: { open: { field: 'a', op: 'isNull' } } }];
    expect(withSettings(sets, 'open').filter).toEqual({ field: 'a', op: 'isNull' });
    expect(withSettings(sets, 'closed').filter).toEqual(definition.filter);
    expect(withSettings(sets, 'toString').filter).toEqual(definition.filter);
  });

  it('takes members of a list away by the numbers that they had', () => {
    const off = { false: null };
    const sets = [
      { path: 'columns.0', values: off },
      { path: 'columns.1', values: off },
    ];
    expect(withSettings(sets, false).columns).toEqual([{ source: 'price' }]);
    expect(withSettings(sets, true).columns).toEqual(definition.columns);
  });

  it('takes a filter away that it empties, but leaves an empty list of columns to be refused', () => {
    const gone = (...paths: string[]) => paths.map((path) => ({ path, values: { false: null } }));
    expect(withSettings(gone('filter.and.0', 'filter.and.1'), false)).not.toHaveProperty('filter');
    expect(withSettings(gone('columns.0', 'columns.1', 'columns.2'), false).columns).toEqual([]);
    expect(withSettings(gone('columns'), false)).not.toHaveProperty('columns');
  });

  it('goes nowhere within what was taken away before', () => {
    const sets = [{ path: 'filter', values: { off: null } }, { path: 'filter.and.0.value' }];
    expect(withSettings(sets, 'off')).not.toHaveProperty('filter');
  });

  it.each(['columns.3.header', 'dataset.name', 'filter.and.0.field.x', 'columns.length.x', 'columns.length'])(
    'is refused for the path %s, which leads nowhere',
    (path) => {
      expect(() => withSettings([{ path }], 'x')).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );

  it('leaves the template as it is', () => {
    const before = structuredClone(definition);
    withSettings([{ path: 'format.options.delimiter' }, { path: 'columns.0', values: { ';': null } }], ';');
    expect(definition).toEqual(before);
  });
});

describe('another format', () => {
  it('begins with its own options, into which only what is meant for it goes', () => {
    const sets = [
      { path: 'format.options.delimiter' },
      { path: 'format.options.formats.date', format: 'xlsx' },
    ];
    expect(withSettings(sets, ';').format).toEqual({ type: 'csv', options: { delimiter: ';' } });
    expect(withSettings(sets, ';', 'xlsx').format).toEqual({
      type: 'xlsx',
      options: { formats: { date: ';' } },
    });
    expect(withSettings(sets, ';', 'json').format).toEqual({ type: 'json' });
    expect(['csv', 'xlsx', 'json'].map((format) => hasMeaning({ sets }, 'csv', format))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
