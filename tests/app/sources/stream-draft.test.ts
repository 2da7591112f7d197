import { describe, expect, it } from 'vitest';
import { keyVerdict } from '#app/(dashboard)/sources/new/_components/key-verdict.ts';
import {
  datasetInput,
  madeDrafts,
  type NewDataset,
  newDatasetProblem,
  startStream,
  targetOf,
  withMadeDrafts,
} from '#app/(dashboard)/sources/new/_components/stream-draft.ts';
import { datasetSchema } from '#lib/datasets/schema.ts';

const preview = {
  name: 'rows',
  columns: [
    { name: 'Zip Code', type: 'text' },
    { name: 'Revision', type: 'integer' },
    { name: 'zip-code', type: 'text' },
  ],
  rows: [{ 'Zip Code': '1', Revision: 7 }, { 'Zip Code': '1' }],
  broken: [],
  paths: [],
  lists: [],
  sampledRows: 900,
  keys: [{ columns: ['Zip Code'], identifies: 899 }],
  suggestedFields: {},
} as const;
const stream = startStream(preview, 'Zip codes');

const changed = (made: NewDataset, id: string, part: Partial<NewDataset['columns'][number]>): NewDataset => ({
  ...made,
  columns: made.columns.map((column) => (column.id === id ? { ...column, ...part } : column)),
});

describe('a new dataset', () => {
  it('is offered with every column, under names that a dataset can have, and with the best key', () => {
    const input = datasetInput(stream.made, ['zip_codes']);
    expect(datasetSchema.parse(input)).toEqual({
      name: 'zip_codes_2',
      label: 'Zip codes',
      columns: [
        { name: 'zip_code', type: 'text', label: 'Zip Code' },
        { name: 'revision_2', type: 'integer', label: 'Revision' },
        { name: 'zip_code_2', type: 'text', label: 'zip-code' },
      ],
      key: ['zip_code'],
    });
  });

  it('keeps what fills a column when the column is renamed, and drops what is left out', () => {
    const from = { from: 'zip-code', transforms: [], fallback: '' };
    const mapped = withMadeDrafts(stream.made, { ...madeDrafts(stream.made), zip_code: from });
    const renamed = changed(changed(mapped, 'Zip Code', { label: 'Postcode' }), 'Revision', {
      included: false,
    });
    expect(madeDrafts(renamed)).toEqual({ postcode: from, zip_code: from });
    expect(targetOf({ ...stream, made: renamed }, [])?.key).toEqual(['postcode']);
  });

  it('cannot be made without a name, a column and a key', () => {
    const { made } = stream;
    expect(newDatasetProblem(made)).toBeUndefined();
    expect(newDatasetProblem({ ...made, label: ' ' })).toMatch(/name/);
    expect(newDatasetProblem({ ...made, columns: [] })).toMatch(/column/);
    expect(newDatasetProblem(changed(made, 'Zip Code', { included: false }))).toMatch(/known by/);
  });
});

describe('the verdict on a key', () => {
  it('is over all rows that were read where that is known, else over those that are shown', () => {
    expect(keyVerdict(['Zip Code'], preview)).toEqual({ identifies: 899, rows: 900 });
    expect(keyVerdict(['Zip Code', 'Revision'], preview)).toEqual({ identifies: 1, rows: 2 });
  });
});
