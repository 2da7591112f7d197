import { isDeepStrictEqual } from 'node:util';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';

/** What a diff has delivered, of one dataset. */
export interface Delivered {
  readonly exportId: string;
  readonly datasetId: string;
}

type Column = Pick<OutputColumn, 'source' | 'type'>;

/** The columns whose cells the ledger keeps, in their order; undefined where nothing of the dataset was delivered. */
export async function ledgerColumns(
  { db }: Tx,
  { exportId, datasetId }: Delivered,
): Promise<readonly Column[] | undefined> {
  const row = await db
    .selectFrom('export_watermarks')
    .select('ledger_columns')
    .where('export_id', '=', exportId)
    .where('dataset_id', '=', datasetId)
    .executeTakeFirst();
  return (row?.ledger_columns as readonly Column[] | null | undefined) ?? undefined;
}

/** What of columns tells whose cells are whose. */
export function asLayout(columns: readonly Column[]): Column[] {
  return columns.map(({ source, type }) => ({ source, type }));
}

/** Whether the ledger keeps the cells of just these columns. */
export function isSameLayout(columns: readonly Column[], layout: readonly Column[]): boolean {
  return isDeepStrictEqual(asLayout(columns), layout);
}

/** The cells of a row `l` of the ledger as those of `columns`: null where it has none of that source and type. */
export function cellsAs(columns: readonly Column[], layout: readonly Column[]): RawBuilder<unknown> {
  if (isSameLayout(columns, layout)) return sql`l.cells`;
  const cells = columns.map(({ source, type }) => {
    const place = layout.findIndex((column) => column.source === source && column.type === type);
    return place < 0 ? sql`null` : sql`l.cells[${sql.lit(place + 1)}]`;
  });
  return sql`array[${sql.join(cells)}]::text[]`;
}
