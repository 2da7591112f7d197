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

/** The columns that a file itself has: those that name its folders are not in it. */
export function columnsInFile(
  columns: readonly OutputColumn[],
  partitionBy: readonly string[] = [],
): OutputColumn[] {
  const folders = partitionBy.map((name) => columns.find(({ source }) => source === name));
  return columns.filter((column) => !folders.includes(column));
}
