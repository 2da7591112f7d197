import type { ColumnType } from '#lib/core/columns.ts';

/** What a person calls the type of a column. */
export const typeLabels: Readonly<Record<ColumnType, string>> = {
  text: 'Text',
  integer: 'Whole number',
  decimal: 'Decimal number',
  boolean: 'Yes or no',
  date: 'Date',
  timestamp: 'Date and time',
  json: 'List or object',
};
