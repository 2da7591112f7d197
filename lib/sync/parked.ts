import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { Reject } from './rejects.ts';
import type { Run } from './run.ts';

const ROWS_AT_ONCE = 1_000;

/** A row that was set aside and can be mapped once more. */
export interface ParkedRow {
  readonly id: string;
  /** The JSON of its values. */
  readonly payload: string;
  readonly version: string;
}

/** The next rows of a stream that this replay has not tried yet, in the order in which they were set aside. */
export async function parkedRows({ db }: Tx, { sourceId, runId }: Run, stream: string): Promise<ParkedRow[]> {
  return db
    .selectFrom('sync_rejects')
    .select(['id', 'payload', 'source_version as version'])
    .where('source_id', '=', sourceId)
    .where('stream', '=', stream)
    .where('resolved_at', 'is', null)
    .where('replayable', '=', true)
    .where(({ eb, or }) => or([eb('replay_run_id', 'is', null), eb('replay_run_id', '!=', runId)]))
    .orderBy('id')
    .limit(ROWS_AT_ONCE)
    .$castTo<ParkedRow>()
    .execute();
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
