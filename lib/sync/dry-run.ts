import { sql } from 'kysely';
import { insertedFields } from '#lib/datasets/changes.ts';
import { isOf, tableOf } from '#lib/datasets/place.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type Run, warn } from './run.ts';
import type { Target } from './target.ts';

/** So many changes of a dry run are kept to be looked at; all are counted. */
const KEPT_CHANGES = 10_000;

const NOT_ALL_LISTED = `All changes are counted, but only the first ${KEPT_CHANGES.toLocaleString('en')} of the dry run are listed.`;

interface PlannedChange {
  readonly externalId: string;
  readonly operation: string;
  readonly fields: string;
}

/**
 * Runs `write`, and in a dry run takes all of it back but the list of what it would have changed, for which no
 * row of the dataset is left locked or written.
 */
export async function onlyPlanned<T>(
  tx: Tx,
  run: Run,
  targets: readonly Target[],
  write: () => Promise<T>,
): Promise<T> {
  if (!run.dryRun) return write();
  await sql`savepoint planned`.execute(tx.db);
  const result = await write();
  const planned: (readonly [Target, readonly PlannedChange[]])[] = [];
  for (const target of targets) planned.push([target, await changesOf(tx, run, target)]);
  await sql`rollback to savepoint planned`.execute(tx.db);
  for (const [target, changes] of planned) await keep(tx, run, target, changes);
  return result;
}

/** What this transaction has changed so far. */
async function changesOf({ db }: Tx, { runId }: Run, target: Target): Promise<PlannedChange[]> {
  const revision = sql`(select d.revision from public.datasets d where d.id = ${target.datasetId})`;
  const { rows } = await sql<PlannedChange>`
    select c.external_id as "externalId", c.operation, c.fields::text as fields
    from public.sync_changes c where c.run_id = ${runId} and c.dataset_id = ${target.datasetId} and c.revision = ${revision}
    union all
    select t.external_id, 'inserted', ${insertedFields('t', target.columns)}::text
    from ${tableOf(target)} t
    where ${isOf(target)} and t.created_revision = ${revision} and t.revision = ${revision}
    limit ${KEPT_CHANGES + 1}
  `.execute(db);
  return rows;
}

/** Lists changes as far as there is room, and tells the person who looks at the run where there is not. */
async function keep(tx: Tx, run: Run, target: Target, changes: readonly PlannedChange[]): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into public.sync_changes
      (workspace_id, run_id, dataset_id, source_id, stream, external_id, operation, fields, revision)
    select ${target.workspaceId}, ${run.runId}, ${target.datasetId}, ${target.sourceId}, ${target.stream}, planned.*, 0
    from unnest(${changes.map(({ externalId }) => externalId)}::text[],
      ${changes.map(({ operation }) => operation)}::text[],
      ${changes.map(({ fields }) => fields)}::jsonb[]) as planned
    limit greatest(0, ${KEPT_CHANGES} - (select count(*) from public.sync_changes c where c.run_id = ${run.runId}))
  `.execute(tx.db);
  if (Number(numAffectedRows) < changes.length) await warn(tx, run, target.stream, NOT_ALL_LISTED);
}
