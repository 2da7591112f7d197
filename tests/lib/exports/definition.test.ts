import { describe, expect, it } from 'vitest';
import { parse } from '#lib/core/parse.ts';
import { exportDefinition } from '#lib/exports/definition.ts';

const least = { name: 'Alaska', dataset: 'zipcodes' };

function problemsOf(definition: unknown): unknown {
  try {
    parse(exportDefinition, definition);
  } catch (error) {
    return (error as { fields: unknown }).fields;
  }
  return {};
}

describe('a definition', () => {
  it('has a default for all but its name and dataset', () => {
    expect(parse(exportDefinition, least)).toEqual({
      ...least,
      sort: [],
      mode: 'full',
      changesAs: 'column',
      format: {
        type: 'csv',
        options: {
          delimiter: ',',
          quotes: 'minimal',
          escape: '"',
          lineEnd: 'lf',
          encoding: 'utf-8',
          header: true,
          headerNames: 'names',
          bom: false,
          formulaGuard: true,
          nullText: '',
          decimalSeparator: '.',
          thousandsSeparator: '',
          timeZone: 'UTC',
        },
      },
      compression: 'none',
      destination: { type: 'download', expiresInHours: 24 },
    });
  });

  it.each([
    [{ colour: 'red' }, 'colour'],
    [{ columns: [{ source: 'a', width: 3 }] }, 'columns.0.width'],
    [{ columns: [] }, 'columns'],
    [{ format: { type: 'csv', options: { delimiter: '~' } } }, 'format.options.delimiter'],
    [{ format: { type: 'ndjson', options: { delimiter: ',' } } }, 'format.options.delimiter'],
    [{ format: { type: 'docx' } }, 'format.type'],
    [{ compression: 'rar' }, 'compression'],
    [{ sort: [{ field: 'a', direction: 'up' }] }, 'sort.0.direction'],
    [{ mode: 'incremental', limit: 5 }, 'limit'],
    [
      { mode: 'diff', format: { type: 'json', options: { structure: 'nested', groupBy: ['a'] } } },
      'format.options.groupBy',
    ],
    [{ columns: [{ source: 'a' }, { source: 'b', header: 'a' }] }, 'columns.1.header'],
    [{ filter: { field: 'a', op: 'like', value: 'b' } }, 'filter.op'],
    [{ filter: { and: [{ field: 'a', op: 'eq' }] } }, 'filter.and.0'],
    [{ filter: { and: [], or: [] } }, 'filter.and'],
    [{ filter: { and: [{ field: 'a', op: 'isNull' }], field: 'b', op: 'isNull' } }, 'filter'],
    [{ filter: { not: { field: 'a', op: 'in', value: 'b' } } }, 'filter.not'],
    [{ filter: { field: 'a', op: 'eq', value: null } }, 'filter.value'],
    [{ filter: { field: 'a', op: 'eq', value: 'b\0' } }, 'filter.value'],
    [{ filter: {} }, 'filter'],
  ])('with %j is refused, naming %s', (wrong, field) => {
    expect(problemsOf({ ...least, ...wrong })).toHaveProperty([field]);
  });

  it('with a filter too deep or too large is refused without walking it whole', () => {
    let deep: unknown = { field: 'a', op: 'isNull' };
    for (let level = 0; level < 50_000; level++) deep = { not: deep };
    expect(problemsOf({ ...least, filter: deep })).toHaveProperty(['filter']);
    const wide = { or: Array.from({ length: 201 }, () => ({ field: 'a', op: 'isNull' })) };
    expect(problemsOf({ ...least, filter: wide })).toHaveProperty(['filter']);
  });
});
