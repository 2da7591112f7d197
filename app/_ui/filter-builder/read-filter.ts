import { type Column, type ColumnType, isNumeric } from '#lib/core/columns.ts';
import type { Filter, FilterValue, Scalar } from '#lib/datasets/filter.ts';
import { filterText } from '#lib/datasets/filter-values.ts';
import { type Operator, operatorsOf } from '#lib/datasets/operators.ts';
import { Refusal } from '#lib/datasets/refusal.ts';
import { postgresPattern } from '#lib/datasets/regular-expression.ts';
import { type Choice, takesValue } from './choices.ts';
import { type ConditionState, type GroupState, isGroup, type PartState } from './editor-state.ts';

type Columns = readonly Column[];

export interface Reading {
  /** Made of what is complete; undefined where nothing is. */
  readonly filter: Filter | undefined;
  /** By the id of each condition that is not complete: what is missing. */
  readonly problems: ReadonlyMap<number, string>;
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
function readCondition(condition: ConditionState, columns: Columns): Filter | string {
  const { field, choice } = condition;
  if (field === undefined) return 'Choose a column.';
  const column = columns.find(({ name }) => name === field);
  if (!column) return `There is no column “${field}” any more: choose another.`;
  const { type } = column;
  if (!takesValue(choice)) return emptinessOf(field, choice, type);
  const op = choice as Exclude<Operator, 'isNull'>;
  if (type === 'json' || !operatorsOf[type].includes(op)) return 'Choose how to compare.';
  const read = readOperand(op, condition, type);
  if ('problem' in read) return read.problem;
  const hasZone = condition.zone !== undefined && (type === 'timestamp' || op === 'during');
  return { field, op, value: read.value, ...(hasZone && { zone: condition.zone }) };
}

type Operand = { readonly value: FilterValue } | { readonly problem: string };

function readOperand(op: Operator, { values, period }: ConditionState, type: Comparable): Operand {
  if (op === 'during') return period ? { value: period } : { problem: 'Choose a period.' };
  if (op === 'between') {
    const range = readRange(values, type);
    return range ? { value: range } : { problem: `${missing[type]} One end may be left open.` };
  }
  const value = readValues(values, type, op === 'in');
  if (value === undefined) return { problem: missing[type] };
  const problem = op === 'matches' ? patternProblem(values[0] ?? '') : undefined;
  return problem === undefined ? { value } : { problem };
}

type Comparable = Exclude<ColumnType, 'json'>;

function readValues(values: readonly string[], type: Comparable, isList: boolean) {
  const read = values.map((value) => readValue(value, type));
  if (read.length === 0 || read.includes(undefined)) return undefined;
  return isList ? read.filter((value) => value !== undefined) : read[0];
}

function readRange(ends: readonly string[], type: Comparable): (Scalar | null)[] | undefined {
  const read = [0, 1].map((place) => (ends[place] ? readValue(ends[place], type) : null));
  if (read.includes(undefined) || read.every((end) => end === null)) return undefined;
  return read.filter((end) => end !== undefined);
}

function patternProblem(text: string): string | undefined {
  const pattern = postgresPattern(text);
  return pattern instanceof Refusal ? `The regular expression ${pattern.reason}.` : undefined;
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
function readValue(value: string, type: Comparable): string | boolean | undefined {
  if (type === 'boolean') return { true: true, false: false }[value];
  if (type === 'text') return filterText(value, type);
  const text = filterText(value.trim(), type);
  return text === undefined || isNumeric(type) ? text : value;
}

const missing: Readonly<Record<Comparable, string>> = {
  text: 'Enter a text.',
  integer: 'Enter a whole number, such as 42.',
  decimal: 'Enter a number, such as 1234.50.',
  boolean: 'Choose yes or no.',
  date: 'Enter a date.',
  timestamp: 'Enter a date and a time.',
};
