import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { HealthFacts } from '#lib/sources/health.ts';

/** A source that is on and mapped, and what its health is found by. */
export interface Watched extends HealthFacts {
  readonly id: string;
  readonly workspaceId: string;
  readonly healthSince: string;
  /** Whether its changes are mailed at all. */
  readonly alertMails: boolean;
}

/** Those that come after `after` by their ids, the first `limit` of them. */
export async function listWatched({ db }: Tx, after: string | null, limit: number): Promise<Watched[]> {
  const { rows } = await sql<Watched>`
    select ${facts} from public.external_data_sources s
    where ${isWatched} and (${after}::uuid is null or s.id > ${after}) order by s.id limit ${limit}
  `.execute(db);
  return rows;
}

/** One of them, locked; undefined where somebody else has it locked. */
export async function holdWatched({ db }: Tx, sourceId: string): Promise<Watched | undefined> {
  const held = await sql`
    select from public.external_data_sources s where s.id = ${sourceId} for no key update skip locked
  `.execute(db);
  if (held.rows.length === 0) return undefined;
  const { rows } = await sql<Watched>`
    select ${facts} from public.external_data_sources s where s.id = ${sourceId} and ${isWatched}
  `.execute(db);
  return rows[0];
}

const isWatched = sql`s.enabled and s.field_mappings <> '{}'`;

const facts = sql`
  s.id, s.workspace_id as "workspaceId", now() as now, s.health, s.health_since as "healthSince", s.alert_mails as "alertMails",
  s.health_reason as "healthReason", s.sync_frequency as frequency, s.scheduled_at as "scheduledAt",
  s.sync_status as "syncStatus", s.sync_error as "syncError", s.last_sync_at as "lastSyncAt",
  s.next_sync_at as "nextSyncAt",
  case when s.sync_status = 'queued' then (
    select r.created_at from public.sync_runs r
    where r.source_id = s.id and r.status = 'queued' and r.started_at is null
    order by r.created_at desc limit 1) end as "queuedAt",
  array(select jsonb_object_keys(s.field_mappings)) as streams,
  array(
    select r.streams from public.sync_runs r
    where r.source_id = s.id and r.whole and not r.dry_run
    order by r.completed_at desc limit 6) as "wholeRuns"`;
