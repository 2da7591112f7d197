import { z } from 'zod';

/** In bytes: what the specification of Parquet recommends, and most readers expect. */
const PAGE_BYTES = 1024 * 1024;
/** A small group keeps memory low; a reader that skips groups by their statistics skips finer. */
const GROUP_ROWS = 20_000;

/** Readers take the last two for descriptions of the schema, and refuse a file where they are none. */
const taken = ['entrepot', 'ARROW:schema', 'pandas'];

const codecs = ['snappy', 'gzip', 'brotli', 'lz4', 'zstd', 'none'] as const;

export const options = z.strictObject({
  compression: z
    .enum(codecs, {
      error: ({ input }) =>
        input === 'lzo'
          ? 'lzo is written by no maintained library and read by few programs: take snappy, or lz4, which replaced it'
          : undefined,
    })
    .default('snappy')
    .meta({
      title: 'Compression inside the file',
      description: 'Every reader knows Snappy. Zstandard and Brotli give the smallest files.',
      labels: {
        snappy: 'Snappy (usual)',
        gzip: 'gzip',
        brotli: 'Brotli',
        lz4: 'LZ4',
        zstd: 'Zstandard',
        none: 'None',
      },
    }),
  decimals: z
    .enum(['decimal', 'double', 'text'])
    .default('decimal')
    .meta({
      title: 'Decimal numbers',
      description:
        'As DECIMAL(38, digits after the point): exact, and where one does not fit the export ends with an error. As floating point they are rounded to about 15 digits. As text every digit arrives.',
      labels: { decimal: 'Exact decimals', double: 'Floating point, rounded', text: 'Text' },
    }),
  decimalScale: z.int().min(0).max(38).default(9).meta({
    title: 'Digits after the point',
    description:
      'Of exact decimals, the same for each: 9 leaves 29 before the point, as BigQuery’s NUMERIC does.',
  }),
  rowGroupSize: z.int().min(1_000).max(1_000_000).default(GROUP_ROWS).meta({
    title: 'Rows in a group',
    description: 'Larger groups make smaller files, and take more memory to write and to read.',
  }),
  pageSize: z
    .int()
    .min(8 * 1024)
    .max(16 * 1024 * 1024)
    .default(PAGE_BYTES)
    .meta({
      title: 'Bytes in a page',
      description: 'How much of a column is compressed at a time.',
    }),
  lists: z
    .array(z.string().min(1).meta({ input: 'header' }))
    .max(1_000)
    .default([])
    .meta({
      title: 'Columns that are lists',
      description:
        'Headers of JSON columns that hold lists of plain values, to be written as LIST of text. Other JSON is written as its text, marked as JSON.',
    }),
  metadata: z
    .record(z.string().min(1).max(200), z.string().max(10_000))
    .refine(
      (pairs) => taken.every((name) => !Object.hasOwn(pairs, name)),
      `must not have the names ${taken.join(', ')}, which are taken by what the export or other programs say there`,
    )
    .default({})
    .meta({
      title: 'Further metadata',
      description: 'Names and values of your own, written beside what the export says of itself.',
    }),
});
export type ParquetOptions = z.infer<typeof options>;
