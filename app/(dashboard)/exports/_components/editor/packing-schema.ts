import type { Schema } from '#app/_ui/schema-form/schema.ts';

const rows: Schema = {
  type: 'integer',
  title: 'Rows in a file, at most',
  minimum: 1,
  default: 100_000,
};
const bytes: Schema = {
  type: 'integer',
  title: 'Size of a file, at most',
  description: 'Before it is compressed.',
  input: 'megabytes',
  minimum: 1_000_000,
  default: 25_000_000,
};

const splits: readonly Schema[] = [
  {
    type: 'object',
    title: 'By rows and by size',
    properties: { rows, bytes },
    required: ['rows', 'bytes'],
  },
  { type: 'object', title: 'By rows', properties: { rows }, required: ['rows'] },
  { type: 'object', title: 'By size', properties: { bytes }, required: ['bytes'] },
];

/** How the rows come to be files, in the words of a form. */
export const packing: Schema = {
  type: 'object',
  properties: {
    compression: {
      type: 'string',
      title: 'Make it smaller',
      description:
        'A gzip file ends in .gz, is often a tenth of the size, and has to be unpacked before it opens in Excel. A ZIP archive holds all files and a note of what they are.',
      default: 'none',
      enum: ['none', 'gzip', 'zip', 'zstd', 'brotli'],
      labels: { none: 'As it is', gzip: 'gzip', zip: 'ZIP archive', zstd: 'Zstandard', brotli: 'Brotli' },
    },
    split: {
      title: 'Cut into several files',
      description: 'For programs that take no more at once.',
      absentTitle: 'No: one file',
      anyOf: splits,
    },
    partitionBy: {
      type: 'array',
      title: 'A folder for each value of',
      description:
        'As data tools such as Spark and DuckDB read them (state=AK/…). These columns are left out of the files.',
      items: { type: 'string', input: 'column' },
      maxItems: 4,
    },
  },
};
