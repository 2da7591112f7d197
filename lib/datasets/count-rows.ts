import { type RawBuilder, sql } from 'kysely';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { estimateRows, type RowCount } from './estimate.ts';
import { foundRowsSql, type RowsSought } from './found-rows.ts';
import { findDataset } from './registry.ts';
import { requireView } from './views.ts';

/** How many rows of a dataset are found: counted up to 100,000, guessed beyond. */
export async function countRows(acting: Acting, name: string, sought: RowsSought): Promise<RowCount> {
  return asMember(acting, async (tx) => {
    const dataset = await findDataset(tx, name);
    await requireView(tx, dataset);
    return countFound(tx, foundRowsSql(dataset, acting.workspaceId, sought));
  });
}

/** How many rows there are of `from … as r where …`. */
export function countFound(tx: Tx, rows: RawBuilder<unknown>): Promise<RowCount> {
  return estimateRows(tx, {
    select: () => sql`select ${rows}`,
    count: (limit) => sql`select count(*) from (select ${rows} limit ${sql.lit(limit)}) as counted`,
  });
}
