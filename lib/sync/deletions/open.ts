import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Place } from '#lib/datasets/place.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Deletion } from './apply.ts';

/** A deletion with what it takes to go on with it. Throws `not_found`, and locks it until the transaction ends. */
export async function openDeletion(tx: Tx, id: string): Promise<Deletion & { readonly status: string }> {
  const row = await tx.db
    .selectFrom('sync_deletions')
    .innerJoin('datasets', 'datasets.id', 'sync_deletions.dataset_id')
    .select(['sync_deletions.id', 'status', 'run_id as runId', 'before_revision as beforeRevision'])
    .select(['source_version as sourceVersion', 'decided_by as decidedBy', 'stream'])
    .select([
      'sync_deletions.workspace_id as workspaceId',
      'source_id as sourceId',
      'dataset_id as datasetId',
    ])
    .select(['table_schema as schema', 'table_name as name'])
    .where('sync_deletions.id', '=', id)
    .forUpdate('sync_deletions')
    .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'There is no such deletion.'));
  const { workspaceId, sourceId, datasetId, stream, schema, name, ...deletion } = row;
  const place = { workspaceId, sourceId, datasetId, stream, table: { schema, name } };
  return { ...deletion, place, lists: await listsOf(tx, place) };
}

/** Where the rows are that belong to those of the stream's own dataset; to those of another belong none. */
async function listsOf({ db }: Tx, place: Place): Promise<Place[]> {
  const { rows } = await sql<{ datasetId: string; schema: string; name: string }>`
    select d.id as "datasetId", d.table_schema as schema, d.table_name as name
    from public.external_data_sources s
    cross join lateral jsonb_array_elements(s.field_mappings -> ${place.stream} -> 'also') as list
    join public.datasets d on d.workspace_id = s.workspace_id and d.name = list ->> 'dataset'
    where s.id = ${place.sourceId} and s.field_mappings -> ${place.stream} ->> 'dataset' =
      (select own.name from public.datasets own where own.id = ${place.datasetId})
  `.execute(db);
  return rows.map(({ datasetId, schema, name }) => ({ ...place, datasetId, table: { schema, name } }));
}
