import { describe, expect, it } from 'vitest';
import { datasetSchema } from '#lib/datasets/schema.ts';

const valid = {
  name: 'zipcodes',
  label: 'Zip codes',
  key: ['zip_code'],
  columns: [
    { name: 'zip_code', type: 'text' },
    { name: 'latitude', type: 'decimal', label: 'Latitude' },
  ],
};
const withColumn = (name: string, type = 'text') => ({
  ...valid,
  columns: [...valid.columns, { name, type }],
});

describe('a dataset to be registered', () => {
  it.each([
    [valid],
    [withColumn('Größe "in" cm')],
    [withColumn('🚀')],
    [withColumn("'; drop table x; --")],
    [withColumn('x'.repeat(63))],
    [withColumn('select')],
  ])('%j is taken as it is', (dataset) => {
    expect(datasetSchema.parse(dataset)).toEqual(dataset);
  });

  it.each([
    [{ ...valid, name: 'Zip codes' }, 'name'],
    [{ ...valid, name: 'z'.repeat(64) }, 'name'],
    [{ ...valid, label: '' }, 'label'],
    [{ ...valid, key: [] }, 'key'],
    [{ ...valid, key: ['city'] }, 'key.0'],
    [{ ...valid, key: ['zip_code', 'zip_code'] }, 'key.1'],
    [{ ...valid, columns: [] }, 'columns'],
    [{ ...withColumn('data', 'json'), key: ['data'] }, 'key.0'],
    [withColumn('latitude'), 'columns.2.name'],
    [withColumn(''), 'columns.2.name'],
    [withColumn('é'.repeat(32)), 'columns.2.name'],
    [withColumn('a\0b'), 'columns.2.name'],
    [withColumn('a\ud800'), 'columns.2.name'],
    [withColumn('external_id'), 'columns.2.name'],
    [withColumn('revision'), 'columns.2.name'],
    [withColumn('xmin'), 'columns.2.name'],
    [withColumn('tableoid'), 'columns.2.name'],
    [withColumn('price', 'float'), 'columns.2.type'],
    [{ ...valid, table: 'x' }, ''],
    [
      { ...valid, columns: Array.from({ length: 501 }, (_, index) => ({ name: `c${index}`, type: 'text' })) },
      'columns',
    ],
  ])('%j is refused at the field that is wrong', (dataset, path) => {
    expect(datasetSchema.safeParse(dataset).error?.issues.map((issue) => issue.path.join('.'))).toContain(
      path,
    );
  });
});
