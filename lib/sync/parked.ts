import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { Reject } from './rejects.ts';
import type { Run } from './run.ts';

const ROWS_AT_ONCE = 1_000;
const BYTES_AT_ONCE = 8_000_000;

/** A row that was set aside and can be mapped once more. */
export interface ParkedRow {
  readonly id: string;
  /** The JSON of its values. */
  readonly payload: string;
  readonly version: string;
}

/**
 * The next rows of a stream that this replay has not tried yet, in the order in which they were set aside: as many as a
 * page may hold in rows and in bytes, and at least one where there is one.
 */
export async function parkedRows(
  { db }: Tx,
  { sourceId, runId }: Pick<Run, 'sourceId' | 'runId'>,
  stream: string,
): Promise<ParkedRow[]> {
  const { rows } = await sql<ParkedRow>`
    with next as (
      select id, payload, source_version from public.sync_rejects
      where source_id = ${sourceId} and stream = ${stream} and resolved_at is null and replayable
        and replay_run_id is distinct from ${runId}
      order by id limit ${ROWS_AT_ONCE}
    ), sized as (
      select id, sum(octet_length(payload)) over (order by id) - octet_length(payload) as bytes_before from next
    )
    select next.id, next.payload, next.source_version as version from next join sized using (id)
    where sized.bytes_before < ${BYTES_AT_ONCE} order by next.id
  `.execute(db);
  return rows;
}

/** Notes which rows are resolved, and of the others why not; the `line` of each reject is its row's place. */
export async function markReplayed(
  { db }: Tx,
  { runId, mappingVersion }: Run,
  parked: readonly ParkedRow[],
  rejects: readonly Reject[],
): Promise<void> {
  const failed = new Map(rejects.map((reject) => [reject.line ?? -1, reject]));
  const reasons = parked.map((_, place) => failed.get(place));
  await sql`
    update public.sync_rejects r set replay_run_id = ${runId}, mapping_version = ${mappingVersion},
      resolved_at = case when tried.reason is null then now() end,
      reason = coalesce(tried.reason, r.reason),
      field = case when tried.reason is null then r.field else tried.field end,
      value = case when tried.reason is null then r.value else tried.value end
    from unnest(${parked.map(({ id }) => id)}::bigint[], ${reasons.map((reject) => reject?.reason ?? null)}::text[],
      ${reasons.map((reject) => reject?.field ?? null)}::text[],
      ${reasons.map((reject) => reject?.value ?? null)}::text[]) as tried (id, reason, field, value)
    where r.id = tried.id
  `.execute(db);
}

/** Rows set aside by earlier runs are answered by what this pass has read: all, or those of the keys it has seen. */
export async function resolveAnswered(
  { db }: Tx,
  { sourceId, runId }: Pick<Run, 'sourceId' | 'runId'>,
  stream: string,
  readEverything: boolean,
): Promise<void> {
  await sql`
    update public.sync_rejects r set resolved_at = now()
    where r.source_id = ${sourceId} and r.stream = ${stream} and r.resolved_at is null and r.run_id <> ${runId}
      and (${readEverything} or r.external_id in (select k.key from private.seen_keys(${runId}, ${stream}) as k (key)))
  `.execute(db);
}
