import type { Route } from 'next';
import type { RowId } from '#lib/datasets/row-id.ts';
import type { RowOrigin } from '#lib/datasets/row-origin.ts';

/** What names a row, of where it comes from. */
export function rowName({ source, stream, externalId }: RowOrigin): RowId {
  return { sourceId: source?.id ?? null, stream, externalId };
}

/** The page of a row's life. */
export function rowHref(dataset: string, { sourceId, stream, externalId }: RowId): Route {
  const query = new URLSearchParams({ ...(sourceId && { sourceId }), stream, externalId });
  return `/data/${dataset}/row?${query}` as Route;
}
