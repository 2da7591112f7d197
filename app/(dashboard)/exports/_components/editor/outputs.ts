import type { Column, ColumnType } from '#lib/core/columns.ts';
import { isClockUnit, type TimeUnit } from '#lib/datasets/time-units.ts';
import type { Preview } from '#lib/exports/preview.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import { aggregateType } from '#lib/exports/query/aggregate-types.ts';
import type { GroupKey } from '#lib/exports/query/group-schema.ts';
import { outputNames } from '#lib/exports/query/output-names.ts';
import { columnDrafts } from './column-draft.ts';
import type { ColumnGroup } from './column-groups.ts';
import type { QueryDraft } from './query-draft.ts';
import { askable } from './step-props.ts';

type Grouping = Pick<QueryDraft, 'groupBy' | 'aggregates' | 'pivot'>;

/** What becomes of the rows: each is one of the file, or they are put together, in one direction or in two. */
export type Shape = 'rows' | 'groups' | 'pivot';

export function shapeOf({ groupBy, aggregates, pivot }: Grouping): Shape {
  if (pivot) return 'pivot';
  return (groupBy ?? aggregates) ? 'groups' : 'rows';
}

/** The column of a diff alone, of which no query knows. */
const CHANGE = '_change';

/** What the file of a draft has if nothing is said of its columns. */
export function outputsIn(
  draft: Grouping,
  groups: readonly ColumnGroup[],
  preview: Preview | undefined,
): readonly Column[] {
  if (shapeOf(draft) === 'rows') return groups[0]?.columns ?? [];
  const previewed = preview?.columns.map(({ source, header, type }) => ({
    name: source,
    label: header,
    type,
  }));
  return groupOutputs(draft, askable(groups), previewed ?? []);
}

/**
 * What the query of a draft gives, as columns that the file, the order and the choice of groups can speak of. What a
 * pivot makes columns of is in the data: of these there are those that a preview has shown.
 */
function groupOutputs(draft: Grouping, columns: readonly Column[], previewed: readonly Column[]): Column[] {
  const { groupBy = [], aggregates = [], pivot } = draft;
  const keys = pivot ? pivot.rows : groupBy;
  const values = pivot ? [] : aggregates;
  const names = outputNames(keys, values);
  const outputs = [
    ...keys.map((key) => keyColumn(key, columns)),
    ...values.map((aggregate) => aggregateColumn(aggregate, columns)),
  ].map((output, place) => ({ name: names[place] ?? '', ...output }));
  const known = new Set(names);
  const further = previewed.filter(({ name }) => !known.has(name) && name !== CHANGE);
  return pivot ? [...outputs, ...further] : outputs;
}

type Output = Omit<Column, 'name'>;

function keyColumn({ field, bucket, header }: GroupKey, columns: readonly Column[]): Output {
  const { type, label } = columnOf(field, columns);
  if (!bucket) return { type, label: header ?? label };
  return { type: bucketType(type, bucket.unit), label: header ?? `${label} by ${bucket.unit}` };
}

function bucketType(type: ColumnType, unit: TimeUnit): ColumnType {
  return type === 'timestamp' && isClockUnit(unit) ? 'timestamp' : 'date';
}

function aggregateColumn(aggregate: Aggregate, columns: readonly Column[]): Output {
  const { function: name, field, header } = aggregate;
  const type = aggregateType(name, field === undefined ? 'integer' : columnOf(field, columns).type);
  return { type, label: header ?? aggregateWords(aggregate, columns) };
}

/** An aggregate as a person calls it: “Sum of Total”. */
export function aggregateWords(
  { function: name, field, percentile = 0 }: Aggregate,
  columns: readonly Column[],
) {
  if (field === undefined) return 'Number of rows';
  const { label } = columnOf(field, columns);
  if (name === 'percentile') return `${Number((percentile * 100).toPrecision(12))}th percentile of ${label}`;
  return `${functionWords[name]} of ${label}`;
}

/** What each function is called. */
export const functionWords: Readonly<Record<Aggregate['function'], string>> = {
  count: 'Count',
  countDistinct: 'Number of different values',
  sum: 'Sum',
  avg: 'Average',
  min: 'Least',
  max: 'Most',
  percentile: 'Percentile',
};

function columnOf(field: string, columns: readonly Column[]): { type: ColumnType; label: string } {
  const column = columns.find(({ name }) => name === field);
  return { type: column?.type ?? 'text', label: column?.label ?? field };
}

/**
 * The draft with its rows put together in another way. What the columns of the file and the order said of an output
 * that has become another holds for that one; what is gone is let go, and what is new is part of the file.
 */
export function regrouped<D extends QueryDraft>(draft: D, changes: Grouping): D {
  const after = { ...draft, ...changes };
  if (shapeOf(draft) !== shapeOf(after)) {
    return { ...after, columns: [], takesAll: true, sort: [], having: undefined, partitionBy: undefined };
  }
  const [from, to] = [namesOf(draft), namesOf(after)];
  const renamed = (name: string) => {
    if (from.length !== to.length) return to.includes(name) || !from.includes(name) ? name : undefined;
    return from.includes(name) ? to[from.indexOf(name)] : name;
  };
  const kept = after.columns.flatMap((column) => {
    const source = renamed(column.source);
    return source === undefined ? [] : [{ ...column, source }];
  });
  const added = to.filter((name) => !kept.some(({ source }) => source === name));
  const sort = after.sort.flatMap((key) => {
    const field = renamed(key.field);
    return field === undefined ? [] : [{ ...key, field }];
  });
  return {
    ...after,
    sort,
    columns: after.takesAll ? [] : [...kept, ...columnDrafts(added.map((source) => ({ source })))],
  };
}

function namesOf({ groupBy = [], aggregates = [], pivot }: Grouping): string[] {
  return pivot ? outputNames(pivot.rows, []) : outputNames(groupBy, aggregates);
}
