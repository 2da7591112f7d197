import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#lib/db/transaction.ts';
import { jobErrorSchema } from '#lib/jobs/contract.ts';
import { alertMails, conflictPolicies, streamMappings, syncFrequency } from './definition.ts';
import { healthState } from './health.ts';
import { cacheTtlSeconds, ownRateLimits } from './rate-limits.ts';
import { conflictPolicy, deleteGuard, rejectLimit } from './safeguards.ts';

/** A source as the API shows it: its credentials never come back. Times are ISO 8601 in UTC. */
export const sourceView = z
  .object({
    id: z.guid(),
    sourceType: z.string().meta({ description: 'The id of its connector.' }),
    displayName: z.string(),
    enabled: z.boolean(),
    syncFrequency,
    config: z.record(z.string(), z.unknown()).meta({ description: 'As the connector’s schema has it.' }),
    credentialsSet: z.boolean().meta({ description: 'Credentials go in and never come out.' }),
    streams: streamMappings,
    mappingVersion: z.int().meta({ description: 'Grows with every change of `streams`.' }),
    rateLimits: ownRateLimits,
    cacheTtlSeconds,
    deleteGuard,
    rejectLimit,
    conflictPolicy,
    conflictPolicies,
    syncStatus: z.enum(['idle', 'queued', 'running', 'completed', 'failed', 'cancelled']),
    syncError: jobErrorSchema.nullable(),
    syncJobId: z.guid().nullable().meta({
      description: 'The job of the sync that is under way or waits for its turn.',
    }),
    health: healthState.meta({
      description:
        'How it is doing while it is enabled and mapped: `late` without a sync that succeeded in time, `silent` where none has begun although it should have, `rows_off` where a full sync read far more or fewer rows than those before.',
    }),
    healthSince: z.iso.datetime(),
    healthReason: z.string().nullable().meta({ description: 'Why it is not well, in a sentence.' }),
    alertMails,
    lastSyncAt: z.iso.datetime().nullable(),
    nextSyncAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Source' });
export type SourceView = Readonly<z.infer<typeof sourceView>>;

/** The acting workspace's sources as views; the columns hold what the types say: only this folder writes them. */
export function selectSources({ db }: Tx) {
  return db
    .selectFrom('external_data_sources')
    .select(['id', 'enabled', 'config', 'source_type as sourceType', 'display_name as displayName'])
    .select(['sync_frequency as syncFrequency', 'credentials_set as credentialsSet'])
    .select(['field_mappings as streams', 'mapping_version as mappingVersion'])
    .select(['sync_status as syncStatus', 'sync_error as syncError'])
    .select(sql`coalesce(rate_limits, '[]')`.as('rateLimits'))
    .select('cache_ttl_seconds as cacheTtlSeconds')
    .select([guarded.as('deleteGuard'), limited.as('rejectLimit')])
    .select(['conflict_policy as conflictPolicy', 'conflict_policies as conflictPolicies'])
    .select(openJob.as('syncJobId'))
    .select(['health', 'health_since as healthSince', 'health_reason as healthReason'])
    .select('alert_mails as alertMails')
    .select(['last_sync_at as lastSyncAt', 'next_sync_at as nextSyncAt'])
    .select(['created_at as createdAt', 'updated_at as updatedAt'])
    .$castTo<SourceView>();
}

/** What was not decided is as the schemas say. */
const guarded = sql`${JSON.stringify(deleteGuard.parse({}))}::jsonb || delete_guard`;
const limited = sql`${JSON.stringify(rejectLimit.parse({}))}::jsonb || reject_limit`;

const openJob = sql<string | null>`(
  select r.job_id from public.sync_runs r
  where r.source_id = external_data_sources.id and r.status in ('queued', 'running')
  order by r.created_at desc limit 1)`;
