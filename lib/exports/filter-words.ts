import type { Column, ColumnType } from '#lib/core/columns.ts';
import type { Condition, Filter, FilterValue } from '#lib/datasets/filter.ts';
import type { Operator } from '#lib/datasets/operators.ts';

/** A filter as a sentence without its full stop, the columns by their labels. */
export function describeFilter(filter: Filter, columns: readonly Column[]): string {
  return inWords(filter, new Map(columns.map((column) => [column.name, column])));
}

function inWords(filter: Filter, columns: ReadonlyMap<string, Column>): string {
  const each = (child: Filter) => inWords(child, columns);
  const inside = (child: Filter) => (isGroup(child) ? `(${each(child)})` : each(child));
  const joined = (parts: readonly Filter[], word: string) =>
    parts.length === 1 ? parts.map(each).join('') : parts.map(inside).join(` ${word} `);
  if ('and' in filter) return joined(filter.and, 'and');
  if ('or' in filter) return joined(filter.or, 'or');
  if ('not' in filter) return `not (${each(filter.not)})`;
  return condition(filter, columns.get(filter.field));
}

/** Whether it has parts that brackets must hold together. */
function isGroup(filter: Filter): boolean {
  const parts = 'and' in filter ? filter.and : 'or' in filter ? filter.or : [];
  return parts.length > 1;
}

function condition({ field, op, value }: Condition, column: Column | undefined): string {
  const name = column?.label ?? field;
  if (op === 'isNull') return `${name} ${value === false ? 'has a value' : 'is empty'}`;
  return `${name} ${wordsFor(column?.type ?? 'text')[op]} ${written(value, column?.type)}`;
}

type Words = Readonly<Record<Exclude<Operator, 'isNull'>, string>>;

const plain: Words = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  in: 'is one of',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
};

const temporal: Words = {
  ...plain,
  lt: 'is before',
  lte: 'is not after',
  gt: 'is after',
  gte: 'is not before',
};

function wordsFor(type: ColumnType): Words {
  return type === 'date' || type === 'timestamp' ? temporal : plain;
}

function written(value: FilterValue | undefined, type: ColumnType | undefined): string {
  if (Array.isArray(value)) return value.map((each: FilterValue) => written(each, type)).join(', ');
  if (value === true || value === false) return value ? 'true' : 'false';
  return type === 'text' ? `“${value}”` : String(value);
}
