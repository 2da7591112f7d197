import { describe, expect, it } from 'vitest';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { formatChoice } from '#lib/exports/formats/registry.ts';

describe('the catalogue of formats', () => {
  it('has a title and a default for every option, and a label for every value', () => {
    for (const { id, options } of formatCatalog()) {
      expect(Object.keys(options), id).not.toHaveLength(0);
      for (const option of Object.values(options)) {
        expect(option).toMatchObject({ title: expect.any(String), description: expect.any(String) });
        expect(Object.keys(option.labels ?? {})).toEqual(option.enum ?? []);
      }
    }
  });

  it('gives as defaults what an export has that says nothing of its options', () => {
    for (const { id, options } of formatCatalog()) {
      const defaults = Object.entries(options).map(([name, option]) => [name, option.default]);
      expect(formatChoice.parse({ type: id }).options).toEqual(Object.fromEntries(defaults));
    }
  });

  it('is plain data that a browser can be sent', () => {
    expect(structuredClone(formatCatalog())).toEqual(formatCatalog());
  });
});
