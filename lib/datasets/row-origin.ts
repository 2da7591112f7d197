import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { cellOf, cellSql } from './cells.ts';
import type { Dataset } from './registry.ts';
import { NO_SOURCE } from './row-id.ts';

/** What a person has made of a field, over what its source says. */
export const fieldEdit = z
  .object({
    base: z.string().nullable().meta({
      description: 'What the source says, as text. Edit the field to it to take the edit back.',
    }),
    by: z.string().nullable().meta({ description: 'The address of the person.' }),
    at: z.iso.datetime(),
  })
  .meta({ id: 'FieldEdit' });
export type FieldEdit = Readonly<z.infer<typeof fieldEdit>>;

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
    edits: z.record(z.string(), fieldEdit).meta({ description: 'By column: what people have changed.' }),
  })
  .meta({ id: 'RowOrigin' });
export type RowOrigin = Readonly<z.infer<typeof rowOrigin>>;

/** The texts of a row `r` of a dataset that `originOf` reads. */
export function originSql({ id }: Dataset): RawBuilder<(string | null)[]> {
  return sql`array[
    r.source_id::text, r.stream, r.external_id, r.source_system,
    ${cellSql({ name: 'synced_at', type: 'timestamp' })},
    (select s.display_name from external_data_sources as s where s.id = r.source_id), ${editsSql(id)}]`;
}

function editsSql(datasetId: string): RawBuilder<string | null> {
  return sql`(
    select jsonb_object_agg(e.field, jsonb_build_object(
      'base', case when e.conflict_at is null then e.base else e.conflict end,
      'by', (select p.email from private.workspace_people() p where p.user_id = e.created_by),
      'at', ${cellOf(sql`e.created_at`, 'timestamp')}))::text
    from public.row_edits e
    where e.dataset_id = ${datasetId} and e.source_id = r.source_id and e.stream = r.stream
      and e.external_id = r.external_id)`;
}

export function originOf(texts: readonly (string | null)[]): RowOrigin {
  const [sourceId = NO_SOURCE, stream, externalId, sourceSystem, syncedAt, name, edits] = texts;
  return {
    source: sourceId === null || sourceId === NO_SOURCE ? null : { id: sourceId, name: name ?? null },
    stream: stream ?? '',
    externalId: externalId ?? '',
    sourceSystem: sourceSystem ?? '',
    syncedAt: syncedAt ?? '',
    edits: JSON.parse(edits ?? '{}') as RowOrigin['edits'],
  };
}
