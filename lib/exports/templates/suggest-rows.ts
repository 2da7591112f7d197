import { z } from 'zod';
import type { Column } from '#lib/core/columns.ts';
import type { Condition, Filter } from '#lib/datasets/filter.ts';
import { isClockUnit, timeUnits } from '#lib/datasets/time-units.ts';
import { periodChoice, periodId } from './periods.ts';
import type { Template } from './schema.ts';
import { choiceAt, type Suggestion } from './suggestion.ts';

type Definition = Template['definition'];
type Placed = readonly [condition: Condition, path: string];
type LabelOf = (name: string) => string;

/** What could be asked of the rows of a definition, and of its columns. */
export function rowSuggestions(definition: Definition, columns: readonly Column[]): Suggestion[] {
  const labelOf: LabelOf = (name) => columns.find((column) => column.name === name)?.label ?? name;
  const { filter, having, limit, sort } = definition;
  const placed = [
    ...(filter ? conditionsIn(filter, 'filter') : []),
    ...(having ? conditionsIn(having, 'having') : []),
  ];
  return [
    ...placed.flatMap((at) => ofValue(at, labelOf)),
    ...ofStretches(definition, columns),
    ...sort.map(({ field, direction }, at) => ofOrder(field, direction, at, labelOf)),
    ...(limit === undefined ? [] : [ofLimit(limit)]),
    ...placed.map((at) => ofCondition(at, labelOf)),
    ...(definition.columns ?? []).map(({ source, header }, at) =>
      ofColumn(source, header ?? labelOf(source), at),
    ),
  ];
}

function conditionsIn(filter: Filter, path: string): Placed[] {
  if ('and' in filter) return filter.and.flatMap((part, at) => conditionsIn(part, `${path}.and.${at}`));
  if ('or' in filter) return filter.or.flatMap((part, at) => conditionsIn(part, `${path}.or.${at}`));
  return 'not' in filter ? conditionsIn(filter.not, `${path}.not`) : [[filter, path]];
}

/** How a comparison other than “is” is told from it. */
const comparisons: Readonly<Record<string, string>> = {
  ne: 'other than',
  lt: 'less than',
  lte: 'at most',
  gt: 'more than',
  gte: 'at least',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matches: 'matches',
};

function ofValue([{ field, op, value }, path]: Placed, labelOf: LabelOf): Suggestion[] {
  const comparison = comparisons[op];
  const label = [labelOf(field), comparison].filter(Boolean).join(', ');
  if (op === 'during') return [{ name: field, label, ...periodChoice(path, periodId(value)) }];
  if (typeof value === 'object' || value === undefined) return [];
  return [{ name: field, label, type: typeOf(value), default: value, sets: [{ path: `${path}.value` }] }];
}

function typeOf(value: string | number | boolean): Suggestion['type'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return z.iso.date().safeParse(value).success ? 'date' : 'text';
}

function ofCondition([{ field }, path]: Placed, labelOf: LabelOf): Suggestion {
  return { name: `only_${field}`, label: `With the condition on ${labelOf(field)}`, ...leavingOut(path) };
}

function ofColumn(source: string, label: string, place: number): Suggestion {
  return { name: `with_${source}`, label: `With the column ${label}`, ...leavingOut(`columns.${place}`) };
}

function leavingOut(path: string): Pick<Suggestion, 'type' | 'default' | 'sets'> {
  return { type: 'boolean', default: true, sets: [{ path, values: { false: null } }] };
}

function ofLimit(limit: number): Suggestion {
  return {
    name: 'limit',
    label: 'So many rows at most',
    type: 'number',
    default: limit,
    sets: [{ path: 'limit' }],
  };
}

const directions = { asc: 'Ascending', desc: 'Descending' };

function ofOrder(field: string, direction: 'asc' | 'desc', place: number, labelOf: LabelOf): Suggestion {
  const choice = choiceAt(`sort.${place}.direction`, directions, direction);
  return { name: `order_${field}`, label: `Order by ${labelOf(field)}`, ...choice };
}

/** Of times that are put together: by which stretch. */
function ofStretches({ groupBy = [], pivot }: Definition, columns: readonly Column[]): Suggestion[] {
  const keys = [
    ...groupBy.map((key, at) => [key, `groupBy.${at}`] as const),
    ...(pivot?.rows ?? []).map((key, at) => [key, `pivot.rows.${at}`] as const),
    ...(pivot ? [[pivot.column, 'pivot.column'] as const] : []),
  ];
  return keys.flatMap(([{ field, bucket }, path]): Suggestion[] => {
    if (!bucket || bucket.weekStart !== undefined) return [];
    const column = columns.find(({ name }) => name === field);
    const units = timeUnits.filter(
      (unit) => column?.type === 'timestamp' || !isClockUnit(unit) || unit === bucket.unit,
    );
    const labels = Object.fromEntries(
      units.map((unit) => [unit, unit.charAt(0).toUpperCase() + unit.slice(1)]),
    );
    const label = `Stretch of ${column?.label ?? field}`;
    return [{ name: `${field}_unit`, label, ...choiceAt(`${path}.bucket.unit`, labels, bucket.unit) }];
  });
}
