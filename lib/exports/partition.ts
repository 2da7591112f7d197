import type { CellText } from '#lib/core/columns.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';

/**
 * The definition as its rows are read: partitioned, they come with the columns that name the folders, chosen for
 * the file or not, and sorted by them first.
 */
export function inPartitions<D extends Pick<ExportDefinition, 'columns' | 'sort' | 'partitionBy'>>(
  definition: D,
): D {
  const { partitionBy, columns, sort } = definition;
  if (!partitionBy) return definition;
  const missing = partitionBy.filter((name) => columns && !columns.some(({ source }) => source === name));
  return {
    ...definition,
    ...(columns && { columns: [...columns, ...missing.map((source) => ({ source, header: undefined }))] }),
    sort: [...partitionBy.map((field) => ({ field, direction: 'asc' as const })), ...sort],
  };
}

/** What partitioning makes of columns. */
interface Partitioned {
  /** The places of those that name the folders, in their order. */
  readonly folders: readonly number[];
  /** Those that a file itself has. */
  readonly columns: readonly OutputColumn[];
  /** Their cells in a row. */
  pick(row: readonly CellText[]): readonly CellText[];
}

/** Tells the columns that name folders from those of the files: without any, all are a file's. */
export function partitioned(
  columns: readonly OutputColumn[],
  partitionBy: readonly string[] = [],
): Partitioned {
  const folders = partitionBy.map((name) => columns.findIndex(({ source }) => source === name));
  if (folders.length === 0) return { folders, columns, pick: (row) => row };
  const kept = columns.map((_, place) => place).filter((place) => !folders.includes(place));
  return {
    folders,
    columns: kept.map((place) => inOneFolder(columns[place] as OutputColumn, partitionBy)),
    pick: (row) => kept.map((place) => row[place] ?? null),
  };
}

/** The amounts of a folder that is named by their currency are of one. */
function inOneFolder({ currency, ...column }: OutputColumn, partitionBy: readonly string[]): OutputColumn {
  return currency === undefined || partitionBy.includes(currency) ? column : { ...column, currency };
}
