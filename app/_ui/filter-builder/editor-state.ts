import type { Column, ColumnType } from '#lib/core/columns.ts';
import type { Condition, Filter } from '#lib/datasets/filter.ts';
import { filterText } from '#lib/datasets/filter-values.ts';
import { type Operator, operatorsOf } from '#lib/datasets/operators.ts';
import { type Choice, takesValue } from './choices.ts';

/** Which of a group's parts must be true; `none`: not a single one is. */
export type Match = 'all' | 'any' | 'none';

export interface GroupState {
  /** Tells parts apart on the screen; of no meaning to the filter. */
  readonly id: number;
  readonly match: Match;
  readonly parts: readonly PartState[];
}

export interface ConditionState {
  readonly id: number;
  readonly field: string | undefined;
  readonly choice: Choice;
  /** As they were typed or given; nothing entered yet is an empty list. */
  readonly values: readonly string[];
}

export type PartState = GroupState | ConditionState;

export interface Reading {
  /** Made of what is complete; undefined where nothing is. */
  readonly filter: Filter | undefined;
  /** By the id of each condition that is not complete: what is missing. */
  readonly problems: ReadonlyMap<number, string>;
}

type Columns = readonly Column[];

let lastId = 0;

export function newCondition(): ConditionState {
  return { id: ++lastId, field: undefined, choice: 'eq', values: [] };
}

export function newGroup(match: Match, parts: readonly PartState[]): GroupState {
  return { id: ++lastId, match, parts };
}

export function isGroup(part: PartState): part is GroupState {
  return 'parts' in part;
}

/** A filter as it is edited; `readFilter` gives the same filter back. */
export function editFilter(filter: Filter | undefined, columns: Columns): GroupState {
  if (!filter) return newGroup('all', []);
  const part = partOf(filter, columns);
  return isGroup(part) ? part : newGroup('all', [part]);
}

function partOf(filter: Filter, columns: Columns): PartState {
  const field = emptyTextField(filter, columns);
  if (field !== undefined) return { ...newCondition(), field, choice: 'empty' };
  const parts = (filters: readonly Filter[]) => filters.map((each) => partOf(each, columns));
  if ('and' in filter) return newGroup('all', parts(filter.and));
  if ('or' in filter) return newGroup('any', parts(filter.or));
  if (!('not' in filter)) return conditionOf(filter, columns);
  const several = 'or' in filter.not && filter.not.or.length > 1 && !emptyTextField(filter.not, columns);
  return newGroup('none', parts(several && 'or' in filter.not ? filter.not.or : [filter.not]));
}

function conditionOf({ field, op, value }: Condition, columns: Columns): ConditionState {
  const isText = typeOf(field, columns) === 'text';
  const condition = { ...newCondition(), field };
  if (op === 'isNull') {
    const [none, some] = isText ? (['null', 'notNull'] as const) : (['empty', 'notEmpty'] as const);
    return { ...condition, choice: value === false ? some : none };
  }
  if (op === 'ne' && value === '' && isText) return { ...condition, choice: 'notEmpty' };
  const values = value === undefined ? [] : [value].flat();
  return { ...condition, choice: op, values: values.map(asText) };
}

function asText(value: string | number | boolean): string {
  return typeof value === 'number' ? (filterText(value, 'decimal') ?? String(value)) : String(value);
}

/** The field of `or [isNull, eq '']` over a text, which is how “is empty” is written. */
function emptyTextField(filter: Filter, columns: Columns): string | undefined {
  if (!('or' in filter) || filter.or.length !== 2) return undefined;
  const [first, second] = filter.or;
  if (!first || !second || !('field' in first) || !('field' in second)) return undefined;
  const isPair = first.op === 'isNull' && first.value !== false && second.op === 'eq' && second.value === '';
  const { field } = first;
  return isPair && field === second.field && typeOf(field, columns) === 'text' ? field : undefined;
}

function typeOf(field: string, columns: Columns): ColumnType {
  return columns.find(({ name }) => name === field)?.type ?? 'text';
}

/** The filter that an edited state makes: what is not complete stays out of it, and is said. */
export function readFilter(root: GroupState, columns: Columns): Reading {
  const problems = new Map<number, string>();
  const [only] = root.parts.length === 1 && root.match !== 'none' ? root.parts : [];
  return { filter: readPart(only ?? root, columns, problems), problems };
}

function readPart(part: PartState, columns: Columns, problems: Map<number, string>): Filter | undefined {
  if (isGroup(part)) return readGroup(part, columns, problems);
  const read = readCondition(part, columns);
  if (typeof read !== 'string') return read;
  problems.set(part.id, read);
  return undefined;
}

function readGroup({ match, parts }: GroupState, columns: Columns, problems: Map<number, string>) {
  const filters = parts.map((part) => readPart(part, columns, problems)).filter((read) => read !== undefined);
  const [first] = filters;
  if (!first) return undefined;
  if (match === 'all') return { and: filters };
  if (match === 'any') return { or: filters };
  return { not: filters.length === 1 ? first : { or: filters } };
}

/** A condition's filter, or what is missing. */
function readCondition({ field, choice, values }: ConditionState, columns: Columns): Filter | string {
  if (field === undefined) return 'Choose a column.';
  const column = columns.find(({ name }) => name === field);
  if (!column) return `There is no column “${field}” any more: choose another.`;
  if (!takesValue(choice)) return emptinessOf(field, choice, column.type);
  const op = choice as Exclude<Operator, 'isNull'>;
  const { type } = column;
  if (type === 'json' || !operatorsOf[type].includes(op)) return 'Choose how to compare.';
  const read = values.map((value) => readValue(value, type));
  const [first] = read;
  if (first === undefined || read.includes(undefined)) return missing[type];
  return { field, op, value: op === 'in' ? read.filter((value) => value !== undefined) : first };
}

function emptinessOf(field: string, choice: Choice, type: ColumnType): Filter {
  if (choice === 'empty' && type === 'text')
    return {
      or: [
        { field, op: 'isNull' },
        { field, op: 'eq', value: '' },
      ],
    };
  if (choice === 'notEmpty' && type === 'text') return { field, op: 'ne', value: '' };
  const isNull = choice === 'empty' || choice === 'null';
  return isNull ? { field, op: 'isNull' } : { field, op: 'isNull', value: false };
}

/** What is entered for a text stands as it is; a number is written as Postgres does. */
function readValue(value: string, type: Exclude<ColumnType, 'json'>): string | boolean | undefined {
  if (type === 'boolean') return { true: true, false: false }[value];
  if (type === 'text') return filterText(value, type);
  const text = filterText(value.trim(), type);
  return text === undefined || type === 'integer' || type === 'decimal' ? text : value;
}

const missing: Readonly<Record<Exclude<ColumnType, 'json'>, string>> = {
  text: 'Enter a text.',
  integer: 'Enter a whole number, such as 42.',
  decimal: 'Enter a number, such as 1234.50.',
  boolean: 'Choose yes or no.',
  date: 'Enter a date.',
  timestamp: 'Enter a date and a time.',
};
