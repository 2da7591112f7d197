import { sql } from 'kysely';
import { storableText } from '#lib/core/storable-text.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** A row set aside: where it came from, what is wrong with it, and how it looked. */
export interface Reject {
  readonly line?: number | undefined;
  /** Absent or null where the row has no valid key. */
  readonly externalId?: string | null;
  readonly field?: string | undefined;
  readonly reason: string;
  /** The value of `field`. */
  readonly value?: string | undefined;
  /** The raw row; cut where it is longer than a million characters. */
  readonly payload: string;
  /** The row's version, where `payload` is the JSON of its values, so that it can be replayed. */
  readonly version?: string;
}

export interface RejectedIn {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly runId: string;
  readonly stream: string;
  readonly mappingVersion: number;
}

const LONGEST_PAYLOAD = 1_000_000;
const LONGEST_VALUE = 1_000;

/** Stores what a page has set aside, in the page's own transaction. */
export async function storeRejects(
  { db }: Tx,
  { workspaceId, sourceId, runId, stream, mappingVersion }: RejectedIn,
  rejects: readonly Reject[],
): Promise<void> {
  if (rejects.length === 0) return;
  const texts = (of: (reject: Reject) => string | null | undefined, longest = LONGEST_VALUE) =>
    rejects.map((reject) => storable(of(reject), longest));
  await sql`
    insert into public.sync_rejects (workspace_id, source_id, run_id, stream, mapping_version,
      line, external_id, field, reason, value, payload, source_version, replayable)
    select ${workspaceId}, ${sourceId}, ${runId}, ${stream}, ${mappingVersion}, listed.*
    from unnest(${rejects.map(({ line }) => line ?? null)}::bigint[],
      ${texts(({ externalId }) => externalId)}::text[], ${texts(({ field }) => field)}::text[],
      ${texts(({ reason }) => reason)}::text[], ${texts(({ value }) => value)}::text[],
      ${texts(({ payload }) => payload, LONGEST_PAYLOAD)}::text[],
      ${rejects.map(({ version }) => version ?? null)}::timestamptz[],
      ${rejects.map(({ version, payload }) => version !== undefined && payload.length <= LONGEST_PAYLOAD)}::boolean[]
    ) as listed
  `.execute(db);
}

function storable(text: string | null | undefined, longest: number): string | null {
  return text == null ? null : storableText(text.slice(0, longest));
}
