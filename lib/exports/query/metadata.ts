import { type RawBuilder, sql } from 'kysely';
import type { Column } from '#lib/core/columns.ts';
import { type ColumnLookup, refuse } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { isMetadata, type MetadataName, metadataColumns } from '#lib/exports/query/metadata-columns.ts';
import type { Query } from '#lib/exports/query/schema.ts';

type Told = Pick<Dataset, 'kind' | 'key' | 'columns'>;

/**
 * Looks up what the platform knows of a dataset's rows too. A row is new that began past the revision `delivered`.
 * Of a view nothing is known: its columns are all there is, whatever they are called.
 */
export function withMetadata(dataset: Told, delivered: string, columnOf: ColumnLookup): ColumnLookup {
  const values: Readonly<Record<MetadataName, RawBuilder<unknown>>> = {
    _status: sql`(case when r.created_revision > cast(${delivered} as bigint) then 'new' else 'updated' end)`,
    _identifier: sql.id('r', 'external_id'),
    _extractedAt: sql.id('r', 'synced_at'),
  };
  return (name, path) =>
    dataset.kind !== 'view' && isMetadata(name)
      ? { column: described(name, dataset), value: values[name] }
      : columnOf(name, path);
}

/** Refuses to tell the status of rows where nothing says what was delivered before. */
export function requireDeliveries(
  { columns = [] }: Pick<Query, 'columns'>,
  { kind }: Pick<Dataset, 'kind'>,
  mode: string | undefined,
): void {
  if (mode === 'incremental' || kind === 'view') return;
  const place = columns.findIndex(({ source }) => source === ('_status' satisfies MetadataName));
  if (place < 0) return;
  refuse(
    `columns.${place}.source`,
    '"_status" needs mode "incremental": nothing else says what was delivered before',
  );
}

/** The identifier is made of the dataset's key, and as personal as that. */
function described(name: MetadataName, { key, columns }: Told): Column {
  const column = metadataColumns.find((one) => one.name === name) as Column;
  const isPersonal = columns.some((one) => one.personal && key.includes(one.name));
  return name === '_identifier' && isPersonal ? { ...column, personal: true } : column;
}
