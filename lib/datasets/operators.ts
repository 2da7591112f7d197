import type { ColumnType } from '#lib/core/columns.ts';

/** How a condition may compare; what each takes as its value is the filter schema's to say. */
export const operators = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'isNull',
  'contains',
  'startsWith',
  'endsWith',
] as const;
export type Operator = (typeof operators)[number];

const equality: readonly Operator[] = ['eq', 'ne', 'in', 'isNull'];
const ordered: readonly Operator[] = [...equality, 'lt', 'lte', 'gt', 'gte'];

/** What makes sense for each type of column. */
export const operatorsOf: Readonly<Record<ColumnType, readonly Operator[]>> = {
  text: [...ordered, 'contains', 'startsWith', 'endsWith'],
  integer: ordered,
  decimal: ordered,
  boolean: equality,
  date: ordered,
  timestamp: ordered,
  json: ['isNull'],
};
