import type { PagingKind } from './question.ts';
import type { Vendor } from './vendor.ts';

type Config = Readonly<Record<string, unknown>>;

const paginations: Readonly<Record<PagingKind, Config>> = {
  none: {},
  link: { pagination: { by: 'link' } },
  next: { pagination: { by: 'next', path: 'meta.next' } },
  cursor: { pagination: { by: 'cursor', path: 'meta.cursor', parameter: 'cursor' } },
  lastRow: { pagination: { by: 'lastRow', field: 'id', parameter: 'after' } },
  page: { pagination: { by: 'page', parameter: 'page' } },
  offset: { pagination: { by: 'offset', parameter: 'offset' } },
};

/** The config by which the JSON connector reads a table of the vendor; `parameters` go into its address. */
export function configFor(
  vendor: Pick<Vendor, 'url'>,
  kind: PagingKind,
  table: string,
  {
    pageRows = 100,
    parameters = {},
  }: { pageRows?: number; parameters?: Readonly<Record<string, string>> } = {},
): Config {
  const query = new URLSearchParams(parameters).toString();
  const size = kind === 'none' ? {} : { pageSize: { parameter: 'limit', rows: pageRows } };
  return {
    url: `${vendor.url}/${kind}/${table}${query && `?${query}`}`,
    rowsPath: 'data',
    ...size,
    ...paginations[kind],
  };
}

/** What makes such a config read only what has changed, by `updated_at`. */
export const byUpdatedAt: Config = {
  incremental: { type: 'timestamp', column: 'updated_at', parameter: 'updated_since', format: 'iso' },
  updatedAt: 'updated_at',
};

/** What makes such a config read in windows of a day, by `created_at`. */
export const byDay: Config = {
  windows: { from: 'created_from', to: 'created_to', format: 'iso', start: '2026-02-20', size: '1 day' },
};
