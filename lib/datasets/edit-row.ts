import { sql } from 'kysely';
import { z } from 'zod';
import type { CellText, Column } from '#lib/core/columns.ts';
import { EntrepotError, type FieldErrors } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { cellOf, postgresTypes } from './cells.ts';
import { changedFields, nextRevision, recordChanges } from './changes.ts';
import { coercion } from './coerce.ts';
import { isOf, type Place, tableOf } from './place.ts';
import { Refusal } from './refusal.ts';
import { type Dataset, findTable } from './registry.ts';
import { type RowView, readRow } from './row.ts';
import { NO_SOURCE, type RowId, rowId } from './row-id.ts';

export const rowEdit = z
  .strictObject({
    row: rowId,
    fields: z
      .record(z.string(), z.string().max(1_000_000).nullable())
      .refine((fields) => Object.keys(fields).length > 0, 'name at least one column')
      .meta({ description: 'By column: the new value as text, or null for none.' }),
  })
  .meta({
    examples: [
      {
        row: { sourceId: '4f9c1a52-0b7e-4c55-9a57-2f5f2b1f7d10', stream: 'rows', externalId: '99501' },
        fields: { city: 'Anchorage' },
      },
    ],
  });
export type RowEdit = z.output<typeof rowEdit>;

/** A field that is to be changed, its new value checked. */
interface Edit {
  readonly column: Column;
  readonly value: CellText;
}

/**
 * Changes fields of a row by hand, for whoever may edit, and gives the row as it is then. Over what a source says they
 * are kept with what it said, who and when, so that the next sync can tell an edit from a change; an edit back to what
 * the source says is none any more. Throws `not_found` for the dataset or a row that is not there (any more), and
 * `invalid` naming each column that there is not, that belongs to the key, or that does not take its value.
 */
export function editRow(acting: Acting, name: string, { row, fields }: RowEdit): Promise<RowView> {
  return asMember(acting, async (tx) => {
    const dataset = await findTable(tx, name);
    const edits = checked(dataset, fields);
    const place = placeOf(acting, dataset, row);
    const revision = await nextRevision(tx, dataset.id);
    if (row.sourceId !== null) await keepEdits(tx, place, row, edits);
    const written = await recordChanges(
      tx,
      place,
      { runId: null, revision },
      edited(place, row, edits, revision),
    );
    if (written === 0) throw new EntrepotError('not_found', 'There is no such row.');
    await audit(tx, 'row.edited', dataset.id, { ...row, fields: edits.map(({ column }) => column.name) });
    return readRow(tx, dataset, row);
  });
}

function placeOf({ workspaceId }: Acting, dataset: Dataset, { sourceId, stream }: RowId): Place {
  return {
    workspaceId,
    sourceId: sourceId ?? NO_SOURCE,
    stream,
    datasetId: dataset.id,
    table: dataset.table,
  };
}

function checked({ columns, key }: Dataset, fields: RowEdit['fields']): Edit[] {
  const problems: Record<string, string> = {};
  const edits = Object.entries(fields).flatMap(([name, text]): Edit[] => {
    const column = columns.find((one) => one.name === name);
    const value = column && (text === null ? null : coercion(column.type, { rawText: true })(text));
    if (!column || value === undefined) problems[`fields.${name}`] = 'there is no such column';
    else if (key.includes(name))
      problems[`fields.${name}`] = 'belongs to the key, which says which row it is';
    else if (value instanceof Refusal) problems[`fields.${name}`] = value.reason;
    else return [{ column, value }];
    return [];
  });
  if (Object.keys(problems).length > 0) throw unfit(problems);
  return edits;
}

/** Notes each edit with what the source says; one that says the same is none any more. */
async function keepEdits(
  { db }: Tx,
  place: Place,
  { externalId }: RowId,
  edits: readonly Edit[],
): Promise<void> {
  for (const { column, value } of edits) {
    const before = await sql<{ base: CellText }>`
      delete from public.row_edits e
      where e.dataset_id = ${place.datasetId} and e.source_id = ${place.sourceId} and e.stream = ${place.stream}
        and e.external_id = ${externalId} and e.field = ${column.name}
      returning case when e.conflict_at is null then e.base else e.conflict end as base
    `.execute(db);
    const kept = before.rows[0];
    const now = cellOf(sql.id('t', column.name), column.type);
    const type = sql.raw(postgresTypes[column.type]);
    await sql`
      insert into public.row_edits (workspace_id, dataset_id, source_id, stream, external_id, field, value, base)
      select t.workspace_id, ${place.datasetId}, t.source_id, t.stream, t.external_id, ${column.name}, ${value}, said.base
      from ${tableOf(place)} t
      cross join lateral (
        select case when ${kept !== undefined} then ${kept?.base ?? null}::text else ${now}::text end as base) as said
      where ${isRow(place, externalId)} and ${value}::${type} is distinct from said.base::${type}
    `.execute(db);
  }
}

function edited(place: Place, { externalId }: RowId, edits: readonly Edit[], revision: string) {
  const assignments = edits.map(
    ({ column, value }) => sql`${sql.id(column.name)} = ${value}::${sql.raw(postgresTypes[column.type])}`,
  );
  const fields = changedFields(
    edits.map(({ column }) => ({
      column,
      before: sql.id('held', column.name),
      after: sql.id('t', column.name),
    })),
  );
  return sql`
    with held as materialized (
      select t.*, t.ctid as place from ${tableOf(place)} t where ${isRow(place, externalId)} for update)
    update ${tableOf(place)} t set ${sql.join(assignments)}, revision = ${revision}::bigint
    from held where t.ctid = held.place
    returning t.external_id, 'edited' as operation, ${fields} as fields`;
}

function isRow(place: Place, externalId: string) {
  return sql`${isOf(place)} and t.external_id = ${externalId} and t.deleted_at is null`;
}

function unfit(fields: FieldErrors): EntrepotError {
  return new EntrepotError('invalid', 'The row cannot be changed so.', { fields });
}
