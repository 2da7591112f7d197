import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { StreamMappings } from './definition.ts';

/** A source as the API shows it: its credentials never come back. Times are ISO 8601 in UTC. */
export interface SourceView {
  readonly id: string;
  readonly sourceType: string;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly syncFrequency: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly credentialsSet: boolean;
  readonly streams: StreamMappings;
  readonly mappingVersion: number;
  readonly syncStatus: string;
  readonly syncError: { readonly code: string; readonly message: string } | null;
  /** The job of the sync that is under way or waits for its turn. */
  readonly syncJobId: string | null;
  readonly lastSyncAt: string | null;
  readonly nextSyncAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The acting workspace's sources as views; the columns hold what the types say: only this folder writes them. */
export function selectSources({ db }: Tx) {
  return db
    .selectFrom('external_data_sources')
    .select(['id', 'enabled', 'config', 'source_type as sourceType', 'display_name as displayName'])
    .select(['sync_frequency as syncFrequency', 'credentials_set as credentialsSet'])
    .select(['field_mappings as streams', 'mapping_version as mappingVersion'])
    .select(['sync_status as syncStatus', 'sync_error as syncError'])
    .select(openJob.as('syncJobId'))
    .select(['last_sync_at as lastSyncAt', 'next_sync_at as nextSyncAt'])
    .select(['created_at as createdAt', 'updated_at as updatedAt'])
    .$castTo<SourceView>();
}

const openJob = sql<string | null>`(
  select r.job_id from public.sync_runs r
  where r.source_id = external_data_sources.id and r.status in ('queued', 'running')
  order by r.created_at desc limit 1)`;
