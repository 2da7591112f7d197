import { defineFormat, type OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
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
  check: (columns, { lists }, isFurther) => {
    // Which of several tables has them is not said.
    if (!isFurther) requireLists(columns, lists);
  },
  async *encode(table, chosen, context) {
    // What writes it is large, and loaded where a Parquet file is written alone.
    const { parquetFile } = await import('./file.ts');
    yield* parquetFile(table, chosen, context.metadata);
  },
});

function requireLists(columns: readonly OutputColumn[], lists: readonly string[]): void {
  for (const [at, name] of lists.entries()) {
    const column = columns.find(({ header }) => header === name);
    if (!column) throw misfit(`lists.${at}`, `the file does not have a column "${name}"`);
    if (column.type !== 'json')
      throw misfit(`lists.${at}`, `"${name}" is ${column.type}, and holds no lists`);
  }
}
