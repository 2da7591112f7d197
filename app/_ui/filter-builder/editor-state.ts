import type { Column, ColumnType } from '#lib/core/columns.ts';
import type { Condition, Filter, Scalar } from '#lib/datasets/filter.ts';
import { filterText } from '#lib/datasets/filter-values.ts';
import type { Period } from '#lib/datasets/period.ts';
import type { Choice } from './choices.ts';

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
  /** As they were typed or given; nothing entered yet is an empty list, an open end of a range an empty text. */
  readonly values: readonly string[];
  /** What is chosen for `during`. */
  readonly period?: Period | undefined;
  /** Whose days and hours are meant; UTC where absent. */
  readonly zone?: string | undefined;
}

/** What was entered for a condition. */
export type Entered = Partial<Pick<ConditionState, 'values' | 'period' | 'zone'>>;

export type PartState = GroupState | ConditionState;

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

function conditionOf({ field, op, value, zone }: Condition, columns: Columns): ConditionState {
  const isText = typeOf(field, columns) === 'text';
  const condition = { ...newCondition(), field, ...(zone !== undefined && { zone }) };
  if (op === 'isNull') {
    const [none, some] = isText ? (['null', 'notNull'] as const) : (['empty', 'notEmpty'] as const);
    return { ...condition, choice: value === false ? some : none };
  }
  if (op === 'ne' && value === '' && isText) return { ...condition, choice: 'notEmpty' };
  if (op === 'during') return { ...condition, choice: op, period: value as Period };
  const values = value === undefined ? [] : ([value].flat() as (Scalar | null)[]);
  return { ...condition, choice: op, values: values.map(asText) };
}

function asText(value: Scalar | null): string {
  if (value === null) return '';
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
