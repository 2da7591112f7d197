import type { RawBuilder } from 'kysely';
import type { Column } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { columnSql } from './cells.ts';
import type { Dataset } from './registry.ts';

/** A column that was asked for, and the SQL of its value in a row of the query. */
export interface FoundColumn {
  readonly column: Column;
  readonly value: RawBuilder<unknown>;
}

/** Finds a dataset's column for the place `path` of what was asked. */
export type ColumnLookup = (name: string, path: string) => FoundColumn;

/** Looks columns up in `dataset`; throws `invalid`, naming column and place, where one is not there (any more). */
export function columnsOf(dataset: Dataset): ColumnLookup {
  const byName = new Map(
    dataset.columns.map((column) => [column.name, { column, value: columnSql(column.name) }]),
  );
  return (name, path) =>
    byName.get(name) ??
    refuse(
      path,
      `the dataset "${dataset.name}" has no column "${name}"; choose one of ${[...byName.keys()].join(', ')}`,
    );
}

/** Throws `invalid` for one place of what was asked of a dataset. */
export function refuse(path: string, problem: string): never {
  throw new EntrepotError('invalid', `This does not fit the dataset: ${problem}.`, {
    fields: { [path]: problem },
  });
}
