import type { Dataset } from '#lib/datasets/registry.ts';
import type { FormatChoice } from '#lib/exports/formats/registry.ts';
import { inPartitions } from '#lib/exports/partition.ts';
import type { Query } from '#lib/exports/query/schema.ts';
import { groupedBy, sortsGroups } from '#lib/exports/shape/group-sort.ts';
import { transformOf } from '#lib/exports/shape/registry.ts';

/** What of a definition says which columns are read, and in which order rows come. */
export interface Read extends Pick<Query, 'columns' | 'sort'> {
  readonly format: FormatChoice;
  readonly partitionBy?: string[] | undefined;
}

/**
 * The definition as its rows are read: sorted by what its file is partitioned and grouped by, with the columns that
 * name the folders, and behind those of the file the ones that transforms read too.
 */
export function asRead<D extends Read>(definition: D, { columns: known }: Pick<Dataset, 'columns'>): D {
  const read = inPartitions(inGroups(definition));
  const { columns } = read;
  if (!columns) return read;
  const reads = columns.flatMap(({ source, transform }) => {
    if (!transform || transform.name === 'flatten') return [];
    const currency = known.find(({ name }) => name === source)?.currency;
    return transformOf(transform.name).reads?.(transform.options, { currency }) ?? [];
  });
  const missing = [...new Set(reads)].filter((name) => !columns.some(({ source }) => source === name));
  return { ...read, columns: [...columns, ...missing.map((source) => ({ source }))] };
}

/** How many of the columns of `asRead` are in the file, or name its folders; undefined where all of a query's are. */
export function keptColumns(definition: Read): number | undefined {
  return inPartitions(definition).columns?.length;
}

function inGroups<D extends Read>(definition: D): D {
  if (sortsGroups(definition)) return definition;
  const groups = groupedBy(definition).map((field) => ({ field, direction: 'asc' as const }));
  return { ...definition, sort: [...groups, ...definition.sort] };
}
