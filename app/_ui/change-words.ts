import type { ChangeView } from '#lib/sync/run-changes.ts';

const done: Readonly<Record<ChangeView['operation'], string>> = {
  inserted: 'Inserted',
  updated: 'Updated',
  deleted: 'Deleted',
  undeleted: 'Returned',
  edited: 'Edited here',
};

const planned: Readonly<Record<ChangeView['operation'], string>> = {
  inserted: 'Would be inserted',
  updated: 'Would be updated',
  deleted: 'Would be deleted',
  undeleted: 'Would return',
  edited: 'Edited here',
};

/** What became of a row, or in a dry run would. */
export function operationOf({ operation }: Pick<ChangeView, 'operation'>, dryRun: boolean): string {
  return (dryRun ? planned : done)[operation];
}

const LONGEST_SHOWN = 300;

/** A value as a line can take it; `(empty)` where there is none, or an empty text. */
export function shownValue(value: string | null): string {
  if (value === null || value === '') return '(empty)';
  return value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value;
}

/** The fields of a change in their order; of an inserted row those that have a value. */
export function fieldsOf({ operation, fields }: Pick<ChangeView, 'operation' | 'fields'>) {
  return Object.entries(fields)
    .map(([field, change]) => ({ field, ...change }))
    .filter(({ after }) => operation !== 'inserted' || after !== null);
}
