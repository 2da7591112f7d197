import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { columnSql, liveRowsSql } from './cells.ts';
import { filterQuery } from './filter.ts';
import { filterSql } from './filter-sql.ts';
import { columnsOf } from './lookup.ts';
import type { Dataset } from './registry.ts';

/** Which rows of a dataset are looked for, as a query says it. */
export const rowsSought = z.strictObject({
  search: z.string().optional().meta({ description: 'Found anywhere in a text column, whatever the case.' }),
  filter: filterQuery.optional().meta({
    description: 'A filter as JSON, the same as an export has: `{"field":"state","op":"eq","value":"AK"}`.',
  }),
});
export type RowsSought = z.output<typeof rowsSought>;

/** `from … as r where …`: the rows that are looked for. Throws `invalid`, naming the place, where the filter does not fit. */
export function foundRowsSql(
  dataset: Dataset,
  workspaceId: string,
  { search, filter }: RowsSought,
): RawBuilder<unknown> {
  const found = search ? sql` and ${matches(dataset, search)}` : sql``;
  const passing = filter ? sql` and ${filterSql(filter, columnsOf(dataset))}` : sql``;
  return sql`${liveRowsSql(dataset, workspaceId)}${found}${passing}`;
}

function matches({ columns }: Dataset, search: string): RawBuilder<unknown> {
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const texts = columns.filter(({ type }) => type === 'text');
  const tests = texts.map(({ name }) => sql`${columnSql(name)} ilike ${pattern}`);
  return tests.length === 0 ? sql`false` : sql`(${sql.join(tests, sql` or `)})`;
}
