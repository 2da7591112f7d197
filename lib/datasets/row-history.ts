import { sql } from 'kysely';
import { z } from 'zod';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import { changeOperation, fieldChanges } from './changes.ts';
import { findTable } from './registry.ts';
import { readRow, rowSql } from './row.ts';
import { NO_SOURCE, type RowId } from './row-id.ts';

/** What happened to a row, by a sync or by a person. */
export const rowEvent = z
  .object({
    id: z.string(),
    operation: changeOperation,
    fields: fieldChanges,
    runId: z.guid().nullable().meta({ description: 'The sync that did it.' }),
    by: z.string().nullable().meta({ description: 'The address of the person who did it.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'RowEvent' });
export type RowEvent = Readonly<z.infer<typeof rowEvent>>;

/**
 * A row's life of the last 90 days, latest first; its insertion last where a sync made it. One that has been deleted
 * has a life too. Throws `not_found`, and `bad_request` for a cursor that no list gave.
 */
export function rowHistory(
  acting: Acting,
  name: string,
  row: RowId,
  query: ListQuery,
): Promise<ListPage<RowEvent>> {
  return asMember(acting, async (tx) => {
    const dataset = await findTable(tx, name);
    await readRow(tx, dataset, row);
    const events = sql<RowEvent & { created_at: string }>`(
      select c.id, c.operation, c.fields, c.run_id as "runId", c.created_at,
        (select p.email from private.workspace_people() p where p.user_id = c.created_by) as by
      from public.sync_changes c
      where c.dataset_id = ${dataset.id} and c.external_id = ${row.externalId} and c.stream = ${row.stream}
        and c.source_id = ${row.sourceId ?? NO_SOURCE} and c.revision > 0
      union all
      select 0, 'inserted', '{}', v.run_id, v.created_at, null
      from public.sync_revisions v
      where v.dataset_id = ${dataset.id} and v.revision = (select r.created_revision ${rowSql(dataset, row)})
    )`.as('events');
    const list = tx.db
      .selectFrom(events)
      .select(['id', 'operation', 'fields', 'runId', 'by', 'created_at as createdAt']);
    return keysetPage(list, query, 'desc');
  });
}
