import { describe, expect, it } from 'vitest';
import { choosing, shownColumns } from '#app/(dashboard)/exports/_components/editor/column-draft.ts';
import {
  type DatasetChoice,
  definitionOf,
  newDraft,
  tableDefinition,
} from '#app/(dashboard)/exports/_components/editor/draft.ts';
import { withDataset } from '#app/(dashboard)/exports/_components/editor/query-draft.ts';
import { recommendedFormat } from '#app/(dashboard)/exports/_components/editor/recommended-format.ts';
import { missing, reachable, stepOf } from '#app/(dashboard)/exports/_components/editor/steps.ts';
import { newTable } from '#app/(dashboard)/exports/_components/editor/table-draft.ts';

const places: DatasetChoice['columns'] = [
  { name: 'code', type: 'text' },
  { name: 'city', type: 'text' },
];
const events: DatasetChoice['columns'] = [{ name: 'data', type: 'json' }];

describe('the columns of a draft', () => {
  it('are all of the data until one of them is changed, and again once that is taken back', () => {
    const draft = newDraft({ dataset: 'places' });
    const shown = shownColumns(draft, places);
    expect(shown.map(({ source, included }) => [source, included])).toEqual([
      ['code', true],
      ['city', true],
    ]);
    const renamed = choosing(shown.with(1, { ...shown[1], header: 'Town' } as (typeof shown)[1]), places);
    expect(definitionOf({ ...draft, ...renamed }, places).columns).toEqual([
      { source: 'code' },
      { source: 'city', header: 'Town' },
    ]);
    expect(choosing(shown, places)).toEqual({ columns: [], takesAll: true });
  });

  it('keep one that the data has no more, for the server to refuse', () => {
    const draft = newDraft({ dataset: 'places', columns: [{ source: 'gone' }] });
    expect(shownColumns(draft, places).map(({ source, included }) => [source, included])).toEqual([
      ['gone', true],
      ['code', false],
      ['city', false],
    ]);
  });

  it('are told apart where two show the same source', () => {
    const { columns } = newDraft({ columns: [{ source: 'city' }, { source: 'city', header: 'Town' }] });
    expect(new Set(columns.map(({ id }) => id)).size).toBe(2);
  });
});

describe('a draft over other data', () => {
  it('lets go of what named the columns of the one before, and takes the format that fits', () => {
    const filter = { field: 'city', op: 'isNull' } as const;
    const draft = newDraft({
      dataset: 'places',
      filter,
      sort: [{ field: 'city', direction: 'asc' }],
      groupBy: [{ field: 'city' }],
      having: filter,
      partitionBy: ['city'],
    });
    const definition = definitionOf(withDataset(draft, 'events'), events);
    expect(definition).toEqual({
      name: '',
      dataset: 'events',
      sort: [],
      mode: 'full',
      changesAs: 'column',
      format: { type: 'json', options: {} },
      compression: 'none',
      destination: { type: 'download', expiresInHours: 24 },
    });
    expect(recommendedFormat({}, places).id).toBe('csv');
  });
});

describe('a further table', () => {
  const dataset = { name: 'events', label: 'Events' };

  it('begins with all rows of its data, under a name of its own', () => {
    const first = newTable(dataset, []);
    const second = newTable(dataset, [first]);
    const draft = { ...newDraft({ dataset: 'places' }), tables: [first, second] };
    expect(first.id).not.toBe(second.id);
    expect(definitionOf(draft, places).tables).toEqual([
      { name: 'Events', dataset: 'events', sort: [] },
      { name: 'Events 2', dataset: 'events', sort: [] },
    ]);
    expect(definitionOf({ ...draft, tables: [] }, places)).not.toHaveProperty('tables');
  });

  it('of other data lets go of what named the columns of the one before', () => {
    const filter = { field: 'city', op: 'isNull' } as const;
    const table = { ...newTable(dataset, []), filter, groupBy: [{ field: 'city' }], limit: 3 };
    const draft = { ...newDraft({ dataset: 'places' }), tables: [withDataset(table, 'places')] };
    expect(definitionOf(draft, places).tables).toEqual([
      { name: 'Events', dataset: 'places', sort: [], limit: 3 },
    ]);
  });

  it('is previewed as it is written, but for what a workbook has beside its first table', () => {
    const options = { sheetName: 'Places' };
    const draft = newDraft({
      dataset: 'places',
      personal: 'show',
      format: { type: 'xlsx', options } as never,
    });
    const table = { ...newTable(dataset, []), limit: 3 };
    const whole = definitionOf(draft, places);
    const asked = { name: 'Events', dataset: 'events', sort: [], limit: 3, personal: 'show' };
    expect(tableDefinition(table, whole, true)).toEqual({ ...asked, format: { type: 'xlsx' } });
    expect(tableDefinition(table, whole, false)).toEqual({ ...asked, format: whole.format });
  });

  it('needs a name and a column before the next step', () => {
    const draft = newDraft({ dataset: 'places' });
    const table = newTable(dataset, []);
    const lacking = (changes: object) => missing({ ...draft, tables: [{ ...table, ...changes }] })[1];
    expect(lacking({ name: ' ' })).toBe('Give every further table a name.');
    expect(lacking({ takesAll: false })).toBe('Events: Choose at least one column.');
    expect(lacking({})).toBe('');
  });
});

describe('the steps', () => {
  it('can be visited as far as all before them have what they need', () => {
    const empty = newDraft({});
    expect([reachable(empty), missing(empty)[1]]).toEqual([1, 'Choose the data to export.']);
    const filled = withDataset(empty, 'places');
    expect(reachable(filled)).toBe(3);
    const columns = shownColumns(filled, places).map((column) => ({ ...column, included: false }));
    const bare = { ...filled, ...choosing(columns, places) };
    expect([reachable(bare), missing(bare)[1]]).toEqual([1, 'Choose at least one column.']);
  });

  it.each([
    ['format.type', 0],
    ['dataset', 1],
    ['columns.2.header', 1],
    ['filter.and.0.value', 1],
    ['aggregates.0.field', 1],
    ['pivot.column', 1],
    ['tables.0.columns.1.transform', 1],
    ['personal', 1],
    ['limit', 1],
    ['format.options.delimiter', 2],
    ['compression', 2],
    ['split.rows', 2],
    ['partitionBy.0', 2],
    ['name', 3],
    ['destination.expiresInHours', 3],
  ])('hold the input of %s at place %i', (path, place) => {
    expect(stepOf(path)).toBe(place);
  });
});
