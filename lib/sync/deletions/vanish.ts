import { type Expression, type SqlBool, sql } from 'kysely';
import { isOf, type Place, tableOf } from '#lib/datasets/place.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { noCounts } from '#lib/sync/counts.ts';
import type { OpenStream } from '#lib/sync/open-stream.ts';
import type { Pass } from '#lib/sync/pass.ts';
import { type Run, warn } from '#lib/sync/run.ts';
import { mayVanish } from '#lib/sync/safeguards.ts';
import { knowsAllSeen } from '#lib/sync/seen.ts';
import { hasNewKey, noteKey } from './new-key.ts';

/**
 * Lists the rows that a pass which has provably seen everything has not seen: to be removed at once, or held for a
 * person where the source's guard says so. Where other fields fill the key than before, the rows of the old keys go
 * without a word, unless the new ones are so few that the guard would ask. Rows written since the pass began stay, and so do those that a person
 * has kept. Of a pass that is to be repeated only those count that the one before had not seen either. Runs in the
 * transaction that ends the pass.
 */
export async function listVanished(tx: Tx, run: Run, stream: OpenStream, pass: Pass): Promise<void> {
  const { target: place } = stream;
  if (!pass.complete && !pass.toBeRepeated) return;
  if (!(await knowsAllSeen(tx, pass))) return explain(tx, run, pass);
  await forgetKept(tx, place, pass);
  const listed = await list(tx, run, place, pass);
  const vanished = pass.complete ? listed.vanished : await confirmedOf(tx, place, listed);
  if (!run.dryRun) await supersede(tx, place, listed.id);
  const isReplaced = pass.complete && (await hasNewKey(tx, pass, stream)) && replaces(run, pass, vanished);
  await settle(tx, run, pass, { ...listed, vanished, isReplaced });
  if (!run.dryRun) await noteKey(tx, pass, stream);
}

/** Whether the pass has brought about as many rows as are missing. */
function replaces({ counts, deleteGuard: { share } }: Run, { stream }: Pass, vanished: number): boolean {
  const { read, rejected } = counts[stream] ?? noCounts;
  return read - rejected >= vanished * (1 - share);
}

async function settle(tx: Tx, run: Run, pass: Pass, listed: Settled): Promise<void> {
  const { id, vanished, present, isReplaced } = listed;
  if (vanished === 0) {
    await tx.db.deleteFrom('sync_deletions').where('id', '=', id).execute();
    return;
  }
  const isHeld = !isReplaced && !mayVanish(run.deleteGuard, vanished, present);
  const status = run.dryRun ? 'planned' : isHeld ? 'held' : 'applying';
  await tx.db.updateTable('sync_deletions').set({ status, vanished, present }).where('id', '=', id).execute();
  if (isHeld) await warn(tx, run, pass.stream, heldWarning(vanished, present));
  if (isReplaced) await warn(tx, run, pass.stream, replacedWarning(vanished));
}

/**
 * Leaves in a list the rows that the list of the pass before holds too, and makes the others the list that the next
 * pass is to agree with. Gives how many are left.
 */
async function confirmedOf({ db }: Tx, place: Place, listed: Listed): Promise<number> {
  const { sourceId, stream, datasetId } = place;
  const others = await sql<{ id: string }>`
    insert into public.sync_deletions (workspace_id, source_id, run_id, dataset_id, stream, status, vanished, present,
      before_revision, source_version)
    select d.workspace_id, d.source_id, d.run_id, d.dataset_id, d.stream, 'unconfirmed', 0, 0, d.before_revision,
      d.source_version
    from public.sync_deletions d where d.id = ${listed.id}
    returning id
  `.execute(db);
  const other = others.rows[0]?.id ?? '';
  const moved = await sql`
    update public.sync_deletion_rows r set deletion_id = ${other}
    where r.deletion_id = ${listed.id} and not exists (
      select from public.sync_deletion_rows b join public.sync_deletions d on d.id = b.deletion_id
      where d.source_id = ${sourceId} and d.stream = ${stream} and d.dataset_id = ${datasetId}
        and d.status = 'unconfirmed' and d.id <> ${other} and b.external_id = r.external_id)
  `.execute(db);
  await db
    .deleteFrom('sync_deletions')
    .where(standing(place, 'unconfirmed', other))
    .execute();
  return listed.vanished - Number(moved.numAffectedRows ?? 0);
}

interface Listed {
  readonly id: string;
  readonly vanished: number;
  readonly present: number;
}

interface Settled extends Listed {
  /** Rows of other keys have taken their place. */
  readonly isReplaced: boolean;
}

async function list({ db }: Tx, run: Run, place: Place, pass: Pass): Promise<Listed> {
  const { workspaceId, sourceId, stream, datasetId } = place;
  const { id } = await db
    .insertInto('sync_deletions')
    .values({
      workspace_id: workspaceId,
      source_id: sourceId,
      run_id: run.runId,
      dataset_id: datasetId,
      stream,
      status: 'held',
      vanished: 0,
      present: 0,
      before_revision: pass.fromRevision,
      source_version: pass.startedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = await sql`
    insert into public.sync_deletion_rows (deletion_id, external_id, workspace_id)
    select ${id}::uuid, t.external_id, t.workspace_id
    from ${tableOf(place)} t
    where ${isOf(place)} and t.deleted_at is null and t.revision <= ${pass.fromRevision}::bigint
      and not exists (select from private.seen_keys(${pass.runId}, ${stream}) as k (key)
        where k.key collate "C" = t.external_id)
      and not exists (select from public.sync_deletion_rows r join public.sync_deletions d on d.id = r.deletion_id
        where d.source_id = t.source_id and d.stream = t.stream and d.dataset_id = ${datasetId}
          and d.status in ('dismissed', 'undone') and r.external_id = t.external_id)
  `.execute(db);
  const counted = await sql<{ present: number }>`
    select count(*)::int as present from ${tableOf(place)} t
    where ${isOf(place)} and t.deleted_at is null and t.created_revision <= ${pass.fromRevision}::bigint
  `.execute(db);
  return { id, vanished: Number(rows.numAffectedRows ?? 0), present: counted.rows[0]?.present ?? 0 };
}

/** A row that was kept and has been seen since is a row like any other. */
async function forgetKept({ db }: Tx, { sourceId, stream, datasetId }: Place, pass: Pass): Promise<void> {
  await sql`
    delete from public.sync_deletion_rows r using public.sync_deletions d
    where d.id = r.deletion_id and d.source_id = ${sourceId} and d.stream = ${stream} and d.dataset_id = ${datasetId}
      and d.status in ('dismissed', 'undone')
      and r.external_id in (select k.key collate "C" from private.seen_keys(${pass.runId}, ${stream}) as k (key))
  `.execute(db);
}

/**
 * What was held is answered by what this pass has seen; what a run that has ended was removing is over: what it had not
 * come to is listed anew.
 */
async function supersede({ db }: Tx, place: Place, by: string): Promise<void> {
  await db
    .updateTable('sync_deletions')
    .set({ status: 'applied' })
    .where(standing(place, 'applying', by))
    .execute();
  await db
    .updateTable('sync_deletions')
    .set({ status: 'superseded' })
    .where(standing(place, 'held', by))
    .execute();
}

/** The lists of a place that stand so, but for one. */
function standing(
  { sourceId, stream, datasetId }: Place,
  status: 'held' | 'applying' | 'unconfirmed',
  but: string,
): Expression<SqlBool> {
  return sql`source_id = ${sourceId} and stream = ${stream} and dataset_id = ${datasetId} and status = ${status}
    and id <> ${but}`;
}

async function explain(tx: Tx, run: Run, { stream, nameless }: Pass): Promise<void> {
  if (nameless === 0) return;
  const rows = nameless === 1 ? '1 row has' : `${nameless} rows have`;
  await warn(
    tx,
    run,
    stream,
    `Nothing was removed: ${rows} no readable key, so nobody can tell which rows are missing.`,
  );
}

function replacedWarning(vanished: number): string {
  const rows = vanished === 1 ? '1 row of the old key is' : `${vanished} rows of the old key are`;
  return `Another field fills the key now, so ${rows} replaced. The list of deletes can bring them back.`;
}

function heldWarning(vanished: number, present: number): string {
  return `${vanished} of ${present} rows are gone from the source. They are kept until somebody confirms that they may go.`;
}
