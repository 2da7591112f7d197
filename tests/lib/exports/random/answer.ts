import type { CellText, Column, ColumnType } from '#lib/core/columns.ts';
import { columns, type Row } from './columns.ts';
import { type Aggregate, type Asked, type Key, outputsOf, type Sort } from './definitions.ts';
import { verdict } from './passing.ts';
import {
  cellOf,
  clockStart,
  compare,
  firstDay,
  inOrder,
  local,
  one,
  scaled,
  trimmed,
  unscaled,
} from './values.ts';

const typesOf = (known: readonly Column[]) => new Map(known.map(({ name, type }) => [name, type]));
const types = typesOf(columns);

/** The rows that a definition gives, computed over all rows in memory: their columns' names, and their cells. */
export function answer({ definition, holds }: Asked, rows: readonly Row[]) {
  const { filter, groupBy = [], aggregates, having, sort, limit } = definition;
  const passing = rows.filter(
    (row) => (filter ? verdict(filter, row, types) === true : true) && holds(row) === true,
  );
  if (!aggregates) {
    const names = definition.columns?.map(({ source }) => source) ?? columns.map(({ name }) => name);
    return cellsOf(sorted(passing, sort, columns).slice(0, limit), names);
  }
  const outputs = outputsOf(groupBy, aggregates);
  const groups = grouped(passing, groupBy, aggregates, outputs);
  const kept = having ? groups.filter((group) => verdict(having, group, typesOf(outputs)) === true) : groups;
  const keys = outputs
    .slice(0, groupBy.length)
    .map(({ name }) => ({ field: name, direction: 'asc' as const }));
  return cellsOf(
    sorted(kept, [...sort, ...keys], outputs).slice(0, limit),
    outputs.map(({ name }) => name),
  );
}

function cellsOf(rows: readonly Row[], names: readonly string[]) {
  return { names, rows: rows.map((row) => names.map((name) => row[name] ?? null)) };
}

/** What is equal stays in the order in which it was put in. */
function sorted(rows: readonly Row[], sort: readonly Sort[], known: readonly Column[]): Row[] {
  const typeOf = typesOf(known);
  return rows.toSorted((a, b) => {
    for (const { field, direction } of sort) {
      const order = inOrder(a[field] ?? null, b[field] ?? null, typeOf.get(field) as ColumnType, direction);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function grouped(
  rows: readonly Row[],
  groupBy: readonly Key[],
  aggregates: readonly Aggregate[],
  outputs: readonly Column[],
): Row[] {
  const groups = new Map<string, { keys: CellText[]; rows: Row[] }>();
  if (groupBy.length === 0) groups.set('[]', { keys: [], rows: [] });
  for (const row of rows) {
    const keys = groupBy.map((key) => keyOf(key, row[key.field] ?? null));
    const name = JSON.stringify(keys);
    const group = groups.get(name) ?? { keys, rows: [] };
    groups.set(name, group);
    group.rows.push(row);
  }
  return [...groups.values()].map((group) => {
    const cells = [...group.keys, ...aggregates.map((aggregate) => aggregated(aggregate, group.rows))];
    return Object.fromEntries(outputs.map(({ name }, place) => [name, cells[place] ?? null]));
  });
}

function keyOf({ field, bucket }: Key, cell: CellText): CellText {
  if (cell === null) return null;
  const type = types.get(field);
  if (!bucket) return type === 'decimal' ? trimmed(cell) : cell;
  const { unit, zone = 'UTC', weekStart } = bucket;
  if (unit === 'minute' || unit === 'hour') return cellOf(clockStart(Date.parse(cell), unit, zone));
  const day = type === 'date' ? cell : local(Date.parse(cell), zone).slice(0, 10);
  return firstDay(day, unit as 'day', weekStart);
}

function aggregated({ function: name, field, percentile = 0 }: Aggregate, rows: readonly Row[]): CellText {
  if (field === undefined) return String(rows.length);
  const type = types.get(field) as ColumnType;
  const cells = rows.map((row) => row[field] ?? null).filter((cell) => cell !== null);
  const isNumber = type === 'integer' || type === 'decimal';
  if (name === 'count') return String(cells.length);
  if (name === 'countDistinct') return String(new Set(isNumber ? cells.map(trimmed) : cells).size);
  if (cells.length === 0) return null;
  const inOrder = cells.toSorted((a, b) => compare(a, b, type)) as [string, ...string[]];
  const extreme = name === 'min' ? inOrder[0] : inOrder.at(-1);
  if (name === 'min' || name === 'max') return isNumber ? trimmed(extreme as string) : (extreme ?? null);
  const numbers = inOrder.map(scaled);
  if (name === 'percentile') return unscaled(atShare(numbers, scaled(String(percentile))));
  const sum = numbers.reduce((total, each) => total + each, 0n);
  return unscaled(name === 'sum' ? sum : sum / BigInt(numbers.length));
}

/** What stands at a share of the way through, between two values as far as it is between them. */
function atShare(numbers: readonly bigint[], share: bigint): bigint {
  const at = share * BigInt(numbers.length - 1);
  const [before, rest] = [Number(at / one), at % one];
  const [low = 0n, high = low] = numbers.slice(before, before + 2);
  return low + ((high - low) * rest) / one;
}
