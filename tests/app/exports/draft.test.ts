import { describe, expect, it } from 'vitest';
import {
  type DatasetChoice,
  definitionOf,
  draftOf,
  newDraft,
  recommendedFormat,
  withDataset,
} from '#app/(dashboard)/exports/_components/editor/draft.ts';
import { missing, reachable, stepOf } from '#app/(dashboard)/exports/_components/editor/steps.ts';
import { exportDefinition } from '#lib/exports/definition.ts';

const places: DatasetChoice = {
  name: 'places',
  label: 'Places',
  columns: [
    { name: 'code', type: 'text' },
    { name: 'city', type: 'text' },
  ],
};
const events: DatasetChoice = {
  name: 'events',
  label: 'Events',
  columns: [{ name: 'data', type: 'json' }],
};
const datasets = [places, events];

describe('an export that is edited', () => {
  it.each([
    {},
    { columns: [{ source: 'city', header: 'Town' }, { source: 'code' }] },
    { columns: [{ source: 'city' }] },
    {
      filter: { field: 'city', op: 'eq', value: 'York' },
      sort: [{ field: 'city', direction: 'desc' }],
      limit: 5,
    },
    { mode: 'incremental', compression: 'gzip', format: { type: 'ndjson', options: { numbers: 'number' } } },
    {
      format: { type: 'csv', options: { delimiter: ';' } },
      destination: { type: 'download', expiresInHours: 36 },
    },
  ])('and left as it is stays the same: %j', (definition) => {
    const saved = exportDefinition.parse({ name: 'All', dataset: 'places', ...definition });
    const again = exportDefinition.parse(definitionOf(draftOf(saved, datasets), places.columns));
    expect(again).toEqual(saved);
  });

  it('keeps a column that the data has no more, for the server to refuse', () => {
    const saved = exportDefinition.parse({ name: 'All', dataset: 'places', columns: [{ source: 'gone' }] });
    const { columns } = draftOf(saved, datasets);
    expect(columns.map(({ source, included }) => [source, included])).toEqual([
      ['gone', true],
      ['code', false],
      ['city', false],
    ]);
  });

  it('over other data lets go of what named the columns of the one before, and takes the format that fits', () => {
    const filter = { field: 'city', op: 'isNull' } as const;
    const draft = newDraft(
      { dataset: 'places', filter, sort: [{ field: 'city', direction: 'asc' }] },
      datasets,
    );
    const definition = definitionOf(withDataset(draft, events), events.columns);
    expect(definition).toMatchObject({ dataset: 'events', sort: [], format: { type: 'json' } });
    expect(definition.filter).toBeUndefined();
    expect(recommendedFormat(places.columns)).toBe('csv');
  });
});

describe('the steps', () => {
  it('can be visited as far as all before them have what they need', () => {
    const empty = newDraft({}, datasets);
    expect([reachable(empty), missing(empty)[1]]).toEqual([1, 'Choose the data to export.']);
    expect(reachable(withDataset(empty, places))).toBe(3);
    const bare = withDataset(empty, { ...places, columns: [] });
    expect([reachable(bare), missing(bare)[1]]).toEqual([1, 'Choose at least one column.']);
  });

  it.each([
    ['format.type', 0],
    ['dataset', 1],
    ['columns.2.header', 1],
    ['filter.and.0.value', 1],
    ['limit', 1],
    ['format.options.delimiter', 2],
    ['compression', 2],
    ['name', 3],
    ['destination.expiresInHours', 3],
  ])('hold the input of %s at place %i', (path, place) => {
    expect(stepOf(path)).toBe(place);
  });
});
