import { isEntrepotError } from '#lib/core/errors.ts';
import { conditionsOf } from '#lib/datasets/filter.ts';
import { follow } from '#lib/datasets/follow.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { isMetadata } from '#lib/exports/query/metadata-columns.ts';
import { isGrouped } from '#lib/exports/query/schema.ts';

/** The columns that a definition asks its dataset for by name, each once, those of related datasets as `vendor.name`. */
export function neededColumns(definition: Omit<ExportDefinition, 'name'>): string[] {
  const { filter, groupBy = [], aggregates = [], pivot } = definition;
  const groups = [...groupBy, ...aggregates, ...(pivot ? [...pivot.rows, pivot.column, pivot.value] : [])];
  return [
    ...new Set([
      ...(isGrouped(definition) ? [] : shown(definition)),
      ...groups.flatMap(({ field }) => field ?? []),
      ...(filter ? conditionsOf(filter).map(({ field }) => field) : []),
    ]),
  ];
}

/** Those of `needed` that a dataset lacks; `datasets` are all there are. */
export function missingColumns(
  needed: readonly string[],
  dataset: Dataset,
  datasets: readonly Dataset[],
): string[] {
  return needed.filter((name) => !leadsSomewhere(name, dataset, datasets));
}

function shown({ columns = [], sort, partitionBy = [] }: Omit<ExportDefinition, 'name'>): string[] {
  const named = [...columns.map(({ source }) => source), ...sort.map(({ field }) => field), ...partitionBy];
  return named.filter((name) => !isMetadata(name));
}

function leadsSomewhere(name: string, dataset: Dataset, datasets: readonly Dataset[]): boolean {
  try {
    follow(name, dataset, datasets, name);
    return true;
  } catch (error) {
    if (isEntrepotError(error)) return false;
    throw error;
  }
}
