import type { ColumnType } from '#lib/core/columns.ts';

/** How a condition may compare; what each takes as its value is the filter schema's to say. */
export const operators = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'in',
  'isNull',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'during',
] as const;
export type Operator = (typeof operators)[number];

const equality: readonly Operator[] = ['eq', 'ne', 'in', 'isNull'];
const ordered: readonly Operator[] = [...equality, 'lt', 'lte', 'gt', 'gte'];
const measured: readonly Operator[] = [...ordered, 'between'];

/** What makes sense for each type of column. */
export const operatorsOf: Readonly<Record<ColumnType, readonly Operator[]>> = {
  text: [...ordered, 'contains', 'startsWith', 'endsWith', 'matches'],
  integer: measured,
  decimal: measured,
  boolean: equality,
  date: [...measured, 'during'],
  timestamp: [...measured, 'during'],
  json: ['isNull'],
};
