import { pathTo } from './source-path.ts';
import { suggestColumns } from './suggest.ts';
import type { SampledColumn } from './suggest-fields.ts';

/** What lies within the columns of a source, as a mapping can name it. */
export interface NestedColumns {
  /** Paths to single values, in the order in which the rows first have them. */
  readonly paths: readonly SampledColumn[];
  /** Paths to lists whose items are objects, each with what an item has. */
  readonly lists: readonly SampledList[];
}

/** A list within a row, with what its items have. */
export interface SampledList {
  readonly each: string;
  readonly columns: readonly SampledColumn[];
}

type Row = Readonly<Record<string, unknown>>;

const DEEPEST = 5;
const MOST_PATHS = 300;
const MOST_ITEMS = 200;

/** Looks into a sample of rows. Of lists, only the first item is named by a path. */
export function nestedColumns(rows: readonly Row[]): NestedColumns {
  const found: Found = { values: new Map(), lists: new Map() };
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) walk(pathTo(undefined, name), value, 1, found);
  }
  const lists = [...found.lists].map(([each, items]) => ({ each, columns: columnsWithin(items) }));
  return { paths: sampled(found.values), lists: lists.filter(({ columns }) => columns.length > 0) };
}

/** The columns of rows and what lies within them, to be suggested for a dataset's. */
export function sampledColumns(rows: readonly Row[]): SampledColumn[] {
  return [...topColumns(rows), ...nestedColumns(rows).paths];
}

/** What an item of the list at `each` can be mapped from: its own, the row's around it, and its place. */
export function sampledItems(rows: readonly Row[], each: string): SampledColumn[] {
  const list = nestedColumns(rows).lists.find((one) => one.each === each);
  const ofRow = sampledColumns(rows).map((column) => ({ ...column, from: `parent.${column.name}` }));
  const place: SampledColumn = { name: 'line number', from: 'index', type: 'integer', values: [1] };
  return [...(list?.columns ?? []), ...ofRow, place];
}

interface Found {
  readonly values: Map<string, unknown[]>;
  readonly lists: Map<string, Row[]>;
}

function walk(path: string, value: unknown, depth: number, found: Found): void {
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) {
    if (depth > 1) note(found.values, path, value);
    return;
  }
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const item of value.filter(isRow).slice(0, MOST_ITEMS)) note(found.lists, path, item);
    if (value.length > 0) walk(pathTo(path, 0), value[0], depth + 1, found);
    return;
  }
  for (const [name, inner] of Object.entries(value)) walk(pathTo(path, name), inner, depth + 1, found);
}

function note<Value>(map: Map<string, Value[]>, path: string, value: Value): void {
  const values = map.get(path);
  if (values) values.push(value);
  else if (map.size < MOST_PATHS) map.set(path, [value]);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

function columnsWithin(items: readonly Row[]): SampledColumn[] {
  const found: Found = { values: new Map(), lists: new Map() };
  for (const item of items) {
    for (const [name, value] of Object.entries(item)) walk(pathTo(undefined, name), value, 2, found);
  }
  return sampled(found.values);
}

function topColumns(rows: readonly Row[]): SampledColumn[] {
  return suggestColumns(rows.map((values) => ({ values }))).map((column) => ({
    ...column,
    values: rows.map((row) => row[column.name]),
  }));
}

function sampled(found: ReadonlyMap<string, readonly unknown[]>): SampledColumn[] {
  return [...found].flatMap(([path, values]) =>
    suggestColumns(
      values.map((value) => ({ values: { [path]: value } })),
      [path],
    ).map((column) => ({ ...column, values })),
  );
}
