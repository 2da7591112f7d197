import type { Route } from 'next';
import type { Filter } from '#lib/datasets/filter.ts';
import type { DatasetView } from '#lib/datasets/view.ts';

/** The dataset that is looked at. */
export type Subject = Pick<DatasetView, 'name' | 'kind' | 'columns' | 'key'>;

/** Which of its rows are shown, in which order; the page's address says the same. */
export interface View {
  readonly search: string;
  readonly filter: Filter | undefined;
  /** As the API takes it: `state:asc`. */
  readonly sort: string | undefined;
}

/** Which way a column is sorted, if it is the one. */
export function directionOf({ sort }: View, column: string): 'asc' | 'desc' | undefined {
  if (sort === `${column}:asc`) return 'asc';
  return sort === `${column}:desc` ? 'desc' : undefined;
}

/** A click on a column's head: ascending, descending, and back to the order of the keys. */
export function sortedBy(view: View, column: string): View {
  const next = { none: 'asc', asc: 'desc', desc: undefined } as const;
  const direction = next[directionOf(view, column) ?? 'none'];
  return { ...view, sort: direction && `${column}:${direction}` };
}

/** The rows that are looked for, as the API is asked and as the address says it. */
export function soughtQuery({ search, filter }: View): URLSearchParams {
  const query = new URLSearchParams();
  if (search) query.set('search', search);
  if (filter) query.set('filter', JSON.stringify(filter));
  return query;
}

/** The whole view as a query. */
export function viewQuery(view: View): URLSearchParams {
  const query = soughtQuery(view);
  if (view.sort) query.set('sort', view.sort);
  return query;
}

/** Where an export of these rows is made. */
export function exportHref({ name }: Subject, { filter, sort }: View): Route {
  const query = viewQuery({ search: '', filter, sort });
  return `/exports/new?${new URLSearchParams([['dataset', name], ...query])}` as Route;
}
