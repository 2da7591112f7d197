import { describe, expect, it } from 'vitest';
import { readPrefill } from '#lib/exports/prefill.ts';

describe('the address of a new export', () => {
  it('names the data, its filter and its order', () => {
    const filter = { field: 'state', op: 'eq', value: 'AK' };
    const query = { dataset: 'zipcodes', filter: JSON.stringify(filter), sort: 'zip:code:desc' };
    expect(readPrefill(query)).toEqual({
      dataset: 'zipcodes',
      filter,
      sort: [{ field: 'zip:code', direction: 'desc' }],
    });
  });

  it.each([
    {},
    { filter: '{' },
    { filter: '{"field":"state"}' },
    { sort: 'state' },
    { dataset: ['a', 'b'] },
    { dataset: '' },
  ])('that says %j is as if it said nothing', (query) => {
    expect(readPrefill(query)).toEqual({ sort: [] });
  });
});
