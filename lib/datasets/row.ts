import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { CellText } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { objectEncoder } from '#lib/core/json-object.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { cellOf, cellSql } from './cells.ts';
import { type Dataset, findTable } from './registry.ts';
import { NO_SOURCE, type RowId } from './row-id.ts';
import { originOf, originSql, rowOrigin } from './row-origin.ts';

/** One row, with where it comes from. */
export const rowView = z
  .object({
    // It may hold `JSON.rawJSON` numbers.
    values: z.record(z.string(), z.unknown()).readonly().meta({
      description: 'By the names of the columns, as the list of rows has them.',
    }),
    origin: rowOrigin,
    deletedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Row' });
export type RowView = Readonly<z.infer<typeof rowView>>;

/** A row by its name, one that has been deleted too. Throws `not_found` for the dataset or the row. */
export function getRow(acting: Acting, name: string, row: RowId): Promise<RowView> {
  return asMember(acting, async (tx) => readRow(tx, await findTable(tx, name), row));
}

/** The same within a transaction. */
export async function readRow({ db }: Tx, dataset: Dataset, row: RowId): Promise<RowView> {
  const cells = dataset.columns.map((column) => sql`${cellSql(column)}::text`);
  const { rows } = await sql<{ cells: CellText[]; origin: (string | null)[]; deletedAt: string | null }>`
    select array[${sql.join(cells)}] as cells, ${originSql(dataset)} as origin,
      ${cellOf(sql`r.deleted_at`, 'timestamp')} as "deletedAt"
    ${rowSql(dataset, row)}
  `.execute(db);
  const [found] = rows;
  if (!found) throw new EntrepotError('not_found', 'There is no such row.');
  return {
    values: rowDecoder(dataset)(found.cells),
    origin: originOf(found.origin),
    deletedAt: found.deletedAt,
  };
}

/** Makes of the texts of a row's cells, in the order of the columns, its values as JSON writes them. */
export function rowDecoder({
  columns,
}: Pick<Dataset, 'columns'>): (cells: readonly CellText[]) => RowView['values'] {
  const object = objectEncoder(
    columns.map((column) => ({ ...column, header: column.name })),
    'exact',
  );
  return (cells) => parseExactJson(object(cells)) as RowView['values'];
}

/** `from … as r where …`: the one row of the acting workspace, deleted or not. */
export function rowSql(
  { table }: Pick<Dataset, 'table'>,
  { sourceId, stream, externalId }: RowId,
): RawBuilder<unknown> {
  return sql`from ${sql.id(table.schema, table.name)} as r
    where r.workspace_id = (select private.current_workspace()) and r.source_id = ${sourceId ?? NO_SOURCE}
      and r.stream = ${stream} and r.external_id = ${externalId}`;
}
