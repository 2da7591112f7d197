import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { cellSql } from './cells.ts';
import { NO_SOURCE } from './row-id.ts';

/** Where a row comes from. */
export const rowOrigin = z
  .object({
    source: z
      .object({ id: z.guid(), name: z.string().nullable() })
      .nullable()
      .meta({ description: 'Null for a row written by hand; its name is null once the source is deleted.' }),
    stream: z.string(),
    externalId: z.string().meta({ description: 'What the source calls the row.' }),
    sourceSystem: z.string(),
    syncedAt: z.iso.datetime().meta({ description: 'When a sync last wrote the row.' }),
  })
  .meta({ id: 'RowOrigin' });
export type RowOrigin = Readonly<z.infer<typeof rowOrigin>>;

/** The texts of a row of `liveRowsSql` that `originOf` reads. */
export const originSql: RawBuilder<(string | null)[]> = sql`array[
  r.source_id::text, r.stream, r.external_id, r.source_system,
  ${cellSql({ name: 'synced_at', type: 'timestamp' })},
  (select s.display_name from external_data_sources as s where s.id = r.source_id)]`;

export function originOf(texts: readonly (string | null)[]): RowOrigin {
  const [sourceId = NO_SOURCE, stream, externalId, sourceSystem, syncedAt, name] = texts;
  return {
    source: sourceId === null || sourceId === NO_SOURCE ? null : { id: sourceId, name: name ?? null },
    stream: stream ?? '',
    externalId: externalId ?? '',
    sourceSystem: sourceSystem ?? '',
    syncedAt: syncedAt ?? '',
  };
}
