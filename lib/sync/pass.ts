import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';

/** One reading of a stream from its start to its end: where it stands. */
export interface Pass {
  readonly sourceId: string;
  readonly stream: string;
  readonly runId: string;
  /** Null until the first page, or the spool of all pages, is there. */
  readonly cursor: unknown;
  /** The dataset's revision when the pass began: rows above it were written by the pass itself. */
  readonly fromRevision: string;
  /** When the source was first asked; ISO 8601. */
  readonly startedAt: string;
  /** No pages are left. */
  readonly ended: boolean;
}

type PassKey = Pick<Pass, 'sourceId' | 'stream' | 'runId'>;

/** The run's pass of a stream, where it has begun one. */
export async function findPass({ db }: Tx, key: PassKey): Promise<Pass | undefined> {
  const row = await db
    .selectFrom('sync_cursors')
    .select(['cursor', 'from_revision', 'started_at', 'ended_at'])
    .where('source_id', '=', key.sourceId)
    .where('stream', '=', key.stream)
    .where('run_id', '=', key.runId)
    .executeTakeFirst();
  return (
    row && {
      ...key,
      cursor: row.cursor,
      fromRevision: row.from_revision,
      startedAt: row.started_at,
      ended: row.ended_at !== null,
    }
  );
}

/** Begins a pass, in place of the stream's last one; what an earlier try of the same run set aside is gone. */
export async function startPass(
  { db }: Tx,
  key: PassKey,
  dataset: { readonly workspaceId: string; readonly datasetId: string; readonly mappingVersion: number },
): Promise<Pass> {
  await db
    .deleteFrom('sync_rejects')
    .where('run_id', '=', key.runId)
    .where('stream', '=', key.stream)
    .execute();
  const started = await sql<{ from_revision: string; started_at: string }>`
    insert into public.sync_cursors as c (source_id, stream, workspace_id, run_id, mapping_version, from_revision)
    select ${key.sourceId}, ${key.stream}, ${dataset.workspaceId}, ${key.runId}, ${dataset.mappingVersion},
      d.revision
    from public.datasets d where d.id = ${dataset.datasetId}
    on conflict (source_id, stream) do update set run_id = excluded.run_id,
      mapping_version = excluded.mapping_version, from_revision = excluded.from_revision, cursor = null,
      started_at = now(), ended_at = null, complete = false
    returning from_revision, started_at
  `.execute(db);
  const [row] = started.rows;
  if (!row) throw new Error(`dataset ${dataset.datasetId} is not there`);
  return {
    ...key,
    cursor: null,
    fromRevision: row.from_revision,
    startedAt: row.started_at,
    ended: false,
  };
}

/** Notes where to go on, in the transaction of what lies before it. `complete`: that was provably everything. */
export async function movePass({ db }: Tx, pass: Pass, cursor: unknown, complete = false): Promise<Pass> {
  await update(db, pass)
    .set({ cursor: JSON.stringify(cursor), complete })
    .execute();
  return { ...pass, cursor };
}

export async function endPass({ db }: Tx, pass: Pass): Promise<void> {
  await update(db, pass).set({ ended_at: sql`now()` }).execute();
}

function update(db: Tx['db'], { sourceId, stream, runId }: PassKey) {
  return db
    .updateTable('sync_cursors')
    .where('source_id', '=', sourceId)
    .where('stream', '=', stream)
    .where('run_id', '=', runId);
}
