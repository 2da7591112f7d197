import type { Column } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Dataset } from '#lib/datasets/registry.ts';

/** Finds a dataset's column for the place `path` of a definition. */
export type ColumnLookup = (name: string, path: string) => Column;

/** Looks columns up in `dataset`; throws `invalid`, naming column and place, where one is not there (any more). */
export function columnsOf(dataset: Dataset): ColumnLookup {
  const byName = new Map(dataset.columns.map((column) => [column.name, column]));
  return (name, path) =>
    byName.get(name) ??
    refuse(
      path,
      `the dataset "${dataset.name}" has no column "${name}"; choose one of ${[...byName.keys()].join(', ')}`,
    );
}

/** Throws `invalid` for one place of a definition. */
export function refuse(path: string, problem: string): never {
  throw new EntrepotError('invalid', `The export cannot run as it is defined: ${problem}.`, {
    fields: { [path]: problem },
  });
}
