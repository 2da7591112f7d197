import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Deletion } from './apply.ts';

/** A deletion with what it takes to go on with it. Throws `not_found`, and locks it until the transaction ends. */
export async function openDeletion({ db }: Tx, id: string): Promise<Deletion & { readonly status: string }> {
  const row = await db
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
  return { ...deletion, place: { workspaceId, sourceId, datasetId, stream, table: { schema, name } } };
}
