import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Column } from '#lib/core/columns.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { cellOf, postgresTypes } from './cells.ts';
import type { Place } from './place.ts';

export const fieldChanges = z
  .record(z.string(), z.object({ before: z.string().nullable(), after: z.string().nullable() }))
  .meta({ id: 'FieldChanges', description: 'By column: what it was and what it is, each as text.' });

export const changeOperation = z.enum(['inserted', 'updated', 'deleted', 'undeleted', 'edited']);

/** Says where a row belongs, and no more of it. */
const PARENT = 'parent_external_id';

/** A column before and after, as SQL of the column's own type. */
interface Change {
  readonly column: Column;
  readonly before: RawBuilder<unknown>;
  readonly after: RawBuilder<unknown>;
}

/** `{ column: { before, after } }` of the columns that differ, as `jsonb`; each value the text of its cell. */
export function changedFields(changes: readonly Change[]): RawBuilder<string> {
  const told = changes.filter(({ column }) => column.name !== PARENT);
  const rows = told.map(
    ({ column: { name, type }, before, after }) =>
      sql`(${name}::text, ${cellOf(before, type)}::text, ${cellOf(after, type)}::text)`,
  );
  return sql`(
    select coalesce(jsonb_object_agg(d.name, jsonb_build_object('before', d.before, 'after', d.after)), '{}')
    from (values ${sql.join(rows)}) as d (name, before, after) where d.before is distinct from d.after)`;
}

/** The columns of a row that is new, as `changedFields` gives them; `row` names the table's rows. */
export function insertedFields(row: string, columns: readonly Column[]): RawBuilder<string> {
  return changedFields(
    columns.map((column) => ({
      column,
      before: sql`null::${sql.raw(postgresTypes[column.type])}`,
      after: sql.id(row, column.name),
    })),
  );
}

/** Whose changes they are: a run's, or a person's. */
export interface Origin {
  readonly runId: string | null;
  readonly revision: string;
  /** The person that a job works for; whoever acts where absent. */
  readonly createdBy?: string | null;
}

/**
 * Stores the changes that `changed` gives as `external_id`, `operation` and `fields`, and counts them. `changed`
 * may itself write.
 */
export async function recordChanges(
  { db }: Tx,
  { workspaceId, datasetId, sourceId, stream }: Place,
  { runId, revision, createdBy = null }: Origin,
  changed: RawBuilder<unknown>,
): Promise<number> {
  const recorded = await sql`
    with changed as (${changed})
    insert into public.sync_changes
      (workspace_id, run_id, dataset_id, source_id, stream, external_id, operation, fields, revision, created_by)
    select ${workspaceId}::uuid, ${runId}::uuid, ${datasetId}::uuid, ${sourceId}::uuid, ${stream},
      changed.external_id, changed.operation, changed.fields, ${revision}::bigint, ${createdBy}::uuid
    from changed order by changed.external_id
  `.execute(db);
  return Number(recorded.numAffectedRows ?? 0);
}

/** Takes the dataset's next revision, and with it the right to write there until the transaction ends. */
export async function nextRevision({ db }: Tx, datasetId: string): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    select private.next_revision(${datasetId}) as revision`.execute(db);
  return rows[0]?.revision ?? '';
}

/** Notes that a run has inserted rows under a revision; their insertions are found by it. */
export async function noteInsertions(
  { db }: Tx,
  { workspaceId, datasetId, sourceId, stream }: Place,
  { runId, revision }: Origin,
): Promise<void> {
  if (runId === null) return;
  await sql`
    insert into public.sync_revisions (dataset_id, revision, workspace_id, run_id, source_id, stream)
    values (${datasetId}, ${revision}, ${workspaceId}, ${runId}, ${sourceId}, ${stream})
    on conflict do nothing
  `.execute(db);
}
