import { type RawBuilder, sql } from 'kysely';
import { comparableOf } from '#lib/datasets/cells.ts';
import { type ColumnLookup, refuse } from '#lib/datasets/lookup.ts';
import type { SortKey } from '#lib/exports/query/schema.ts';

/** What `order by` lists: the keys of the sort, nulls last in either direction. */
export function orderTerms(sort: readonly SortKey[], columnOf: ColumnLookup): RawBuilder<unknown>[] {
  return sort.map(({ field, direction }, place) => {
    const path = `sort.${place}.field`;
    const { column, value } = columnOf(field, path);
    if (column.type === 'json') refuse(path, `the column "${field}" is json and cannot be sorted by`);
    return sql`${comparableOf(value, column.type)} ${direction === 'asc' ? sql`asc` : sql`desc`} nulls last`;
  });
}
