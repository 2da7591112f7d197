import { sql } from 'kysely';
import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { changeOperation, fieldChanges } from './changes.ts';
import { placeOf } from './edit-row.ts';
import { tableOf } from './place.ts';
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

/** A row's life of the last 90 days, latest first, at most 500 events; its insertion last where a sync made it. */
export function rowHistory(session: Session, name: string, row: RowId): Promise<{ items: RowEvent[] }> {
  return asMember(session, async ({ db, ...tx }) => {
    const dataset = await findDataset({ db, ...tx }, name);
    const place = placeOf(session, dataset, row);
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
      where t.workspace_id = ${place.workspaceId} and t.source_id = ${place.sourceId} and t.stream = ${row.stream}
        and t.external_id = ${row.externalId}
      order by at desc limit ${MOST}
    `.execute(db);
    return { items: rows };
  });
}
