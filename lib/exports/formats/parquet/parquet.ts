import { defineFormat } from '#lib/exports/formats/contract.ts';
import { options, type ParquetOptions } from './options.ts';

/**
 * Typed columns: integers as INT64, decimals exact, dates and times as such, JSON marked as JSON. Memory is bounded
 * by one group of rows. A value that its column's type cannot hold ends the file with an error, never rounded.
 */
export const parquet = defineFormat<ParquetOptions>({
  id: 'parquet',
  label: 'Parquet',
  goodFor: 'For analysis in DuckDB, BigQuery, Spark or pandas: typed columns, small files, read by column.',
  extension: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  options,
  async *encode(table, chosen, context) {
    // What writes it is large, and loaded where a Parquet file is written alone.
    const { parquetFile } = await import('./file.ts');
    yield* parquetFile(table, chosen, context.metadata);
  },
});
