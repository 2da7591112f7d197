import type { Query } from '#lib/exports/query/schema.ts';
import { type ColumnDraft, chosenColumns, columnDrafts } from './column-draft.ts';

/** The rows and columns that are asked for as they are being written: the export's own, or those of a further table. */
export interface QueryDraft extends Omit<Query, 'columns'> {
  /** Those that were chosen or touched, in the order of the file; `shownColumns` has the others too. */
  readonly columns: readonly ColumnDraft[];
  /** Whether all columns are given as they are, those too that the data gains later. */
  readonly takesAll: boolean;
}

type Chosen = Pick<Query, 'columns'>;

/** A query to be changed. */
export function queryDraft<Q extends Chosen>({ columns, ...rest }: Q) {
  return { ...rest, columns: columnDrafts(columns ?? []), takesAll: columns === undefined };
}

/** What of a draft the definition has: nothing that is undefined. */
export function queryOf<D extends Pick<QueryDraft, 'columns' | 'takesAll'>>({
  columns,
  takesAll,
  ...rest
}: D) {
  const query = { ...rest, columns: takesAll ? undefined : chosenColumns(columns) };
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Omit<D, 'columns' | 'takesAll'> & Chosen;
}

/** The draft over another dataset: what named the columns of the one before goes. */
export function withDataset<D extends QueryDraft>(draft: D, dataset: string): D {
  return {
    ...draft,
    dataset,
    columns: [],
    takesAll: true,
    sort: [],
    filter: undefined,
    expression: undefined,
    status: undefined,
    groupBy: undefined,
    aggregates: undefined,
    having: undefined,
    pivot: undefined,
    partitionBy: undefined,
  };
}

/** What is still missing of it, in words; empty where nothing is. */
export function missingOf({ columns, takesAll }: Pick<QueryDraft, 'columns' | 'takesAll'>): string {
  return takesAll || columns.some(({ included }) => included) ? '' : 'Choose at least one column.';
}
