import { sql } from 'kysely';
import { isOf, type Place, tableOf } from '#lib/datasets/place.ts';
import { allDatasets } from '#lib/datasets/registry.ts';
import { datasetsOf } from '#lib/datasets/stream-mapping.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { StreamMappings } from './definition.ts';

interface Remapped {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly before: StreamMappings;
  readonly after: StreamMappings;
}

/**
 * Lists the rows of each dataset that a changed mapping fills no more, for a person to remove or to keep: no sync would
 * change them again. What waits for a person there already, and where a stream comes back to, is answered by that.
 */
export async function listUnmapped(
  tx: Tx,
  { workspaceId, sourceId, before, after }: Remapped,
): Promise<void> {
  for (const { id: datasetId, name, table, revision } of await allDatasets(tx)) {
    const [had, has] = [streamsInto(before, name), streamsInto(after, name)];
    for (const stream of had.symmetricDifference(has)) {
      const place = { workspaceId, sourceId, stream, datasetId, table };
      await supersede(tx, place);
      if (had.has(stream)) await list(tx, place, revision);
    }
  }
}

function streamsInto(streams: StreamMappings, dataset: string): Set<string> {
  const filling = Object.entries(streams).filter(([, mapping]) => datasetsOf(mapping).includes(dataset));
  return new Set(filling.map(([stream]) => stream));
}

async function supersede({ db }: Tx, { sourceId, stream, datasetId }: Place): Promise<void> {
  await db
    .updateTable('sync_deletions')
    .set({ status: 'superseded' })
    .where('source_id', '=', sourceId)
    .where('stream', '=', stream)
    .where('dataset_id', '=', datasetId)
    .where('status', '=', 'held')
    .execute();
}

/** Nothing is listed where there are no rows. */
async function list({ db }: Tx, place: Place, revision: string): Promise<void> {
  const { workspaceId, sourceId, stream, datasetId } = place;
  await sql`
    with left_behind as materialized (
      select t.external_id from ${tableOf(place)} t where ${isOf(place)} and t.deleted_at is null
    ), deletion as (
      insert into public.sync_deletions (workspace_id, source_id, dataset_id, stream, reason, status, vanished, present,
        before_revision, source_version)
      select ${workspaceId}, ${sourceId}, ${datasetId}, ${stream}, 'unmapped', 'held', count(*), count(*),
        ${revision}::bigint, now()
      from left_behind having count(*) > 0
      returning id
    )
    insert into public.sync_deletion_rows (deletion_id, external_id, workspace_id)
    select deletion.id, left_behind.external_id, ${workspaceId} from deletion cross join left_behind
  `.execute(db);
}
