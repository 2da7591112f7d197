import type { ColumnType } from '#lib/core/columns.ts';
import type { Operator } from '#lib/datasets/operators.ts';

/** How a condition compares, as a person chooses it; of a text, “empty” is no value as well as no letters. */
export type Choice = Exclude<Operator, 'isNull'> | 'empty' | 'notEmpty' | 'null' | 'notNull';

const equality: readonly Choice[] = ['eq', 'ne'];
const order: readonly Choice[] = ['lt', 'lte', 'gt', 'gte'];
const emptiness: readonly Choice[] = ['empty', 'notEmpty'];

/** What is offered for each type of column, the most wanted first. */
export const choicesOf: Readonly<Record<ColumnType, readonly Choice[]>> = {
  text: [...equality, 'in', 'contains', 'startsWith', 'endsWith', 'matches', ...emptiness, 'lt', 'gt'],
  integer: [...equality, ...order, 'between', 'in', ...emptiness],
  decimal: [...equality, ...order, 'between', 'in', ...emptiness],
  boolean: [...equality, ...emptiness],
  date: ['during', 'between', ...equality, ...order, 'in', ...emptiness],
  timestamp: ['during', 'between', ...order, ...equality, ...emptiness],
  json: emptiness,
};

const plain: Readonly<Record<Choice, string>> = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matches: 'matches the regular expression',
  between: 'is between',
  during: 'is in',
  empty: 'is empty',
  notEmpty: 'is not empty',
  null: 'has no value at all',
  notNull: 'has a value, even an empty one',
};

const special: Partial<Record<ColumnType, Partial<Record<Choice, string>>>> = {
  text: {
    lt: 'comes before (A to Z)',
    lte: 'is or comes before (A to Z)',
    gt: 'comes after (A to Z)',
    gte: 'is or comes after (A to Z)',
  },
  date: {
    lt: 'is before',
    lte: 'is on or before',
    gt: 'is after',
    gte: 'is on or after',
  },
  timestamp: {
    eq: 'is exactly',
    ne: 'is not exactly',
    lt: 'is before',
    lte: 'is at or before',
    gt: 'is after',
    gte: 'is at or after',
  },
};

/** A choice in words, as they follow the column's name. */
export function choiceWords(choice: Choice, type: ColumnType): string {
  return special[type]?.[choice] ?? plain[choice];
}

/** Whether something has to be entered for it. */
export function takesValue(choice: Choice): boolean {
  return !['empty', 'notEmpty', 'null', 'notNull'].includes(choice);
}
