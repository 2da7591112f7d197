import { sql } from 'kysely';
import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { changeOperation, fieldChanges } from './changes.ts';
import { placeOf } from './edit-row.ts';
import { type Place, tableOf } from './place.ts';
import { findDataset } from './registry.ts';
import type { RowId } from './row-id.ts';

/** What happened to a row, by a sync or by a person. */
export const rowEvent = z
  .object({
    operation: changeOperation,
    fields: fieldChanges,
    at: z.iso.datetime(),
    runId: z.guid().nullable().meta({ description: 'The sync that did it.' }),
    by: z.string().nullable().meta({ description: 'The address of the person who did it.' }),
  })
  .meta({ id: 'RowEvent' });
export type RowEvent = Readonly<z.infer<typeof rowEvent>>;

const MOST = 500;

/**
 * A row's life of the last 90 days, latest first, at most 500 events; its insertion last where a sync made it. One
 * that has been deleted has a life too. Throws `not_found`.
 */
export function rowHistory(acting: Acting, name: string, row: RowId): Promise<{ items: RowEvent[] }> {
  return asMember(acting, async (tx) => {
    const { db } = tx;
    const dataset = await findDataset(tx, name);
    const place = placeOf(acting, dataset, row);
    const found = await sql`select from ${tableOf(place)} t where ${isRow(place, row.externalId)}`.execute(
      db,
    );
    if (found.rows.length === 0) throw new EntrepotError('not_found', 'There is no such row.');
    const { rows } = await sql<RowEvent>`
      select c.operation, c.fields, c.created_at as at, c.run_id as "runId",
        (select p.email from private.workspace_people() p where p.user_id = c.created_by) as by
      from public.sync_changes c
      where c.dataset_id = ${dataset.id} and c.external_id = ${row.externalId} and c.source_id = ${place.sourceId}
        and c.stream = ${row.stream} and c.revision > 0
      union all
      select 'inserted', '{}'::jsonb, r.created_at, r.run_id, null
      from ${tableOf(place)} t
      join public.sync_revisions r on r.dataset_id = ${dataset.id} and r.revision = t.created_revision
      where ${isRow(place, row.externalId)}
      order by at desc limit ${MOST}
    `.execute(db);
    return { items: rows };
  });
}

function isRow({ workspaceId, sourceId, stream }: Place, externalId: string) {
  return sql`t.workspace_id = ${workspaceId} and t.source_id = ${sourceId} and t.stream = ${stream}
    and t.external_id = ${externalId}`;
}
