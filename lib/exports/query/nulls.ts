import { sql } from 'kysely';
import { liveRowsSql } from '#lib/datasets/cells.ts';
import { conditionsOf } from '#lib/datasets/filter.ts';
import { allDatasets, type Dataset } from '#lib/datasets/registry.ts';
import { relatedColumns } from '#lib/datasets/related.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/** Of each column that the filter compares: how many rows hold nothing there, so that no comparison finds them. */
export async function countNulls(
  tx: Tx,
  { filter }: Pick<Query, 'filter'>,
  dataset: Dataset,
  { workspaceId }: { readonly workspaceId: string },
): Promise<Record<string, number>> {
  const compared = filter ? conditionsOf(filter).filter(({ op }) => op !== 'isNull') : [];
  const fields = [...new Set(compared.map(({ field }) => field))];
  if (fields.length === 0) return {};
  const { columnOf, joins } = relatedColumns(dataset, await allDatasets(tx), workspaceId);
  const counts = fields.map(
    (field) => sql`count(*) filter (where ${columnOf(field, 'filter').value} is null)`,
  );
  const { rows } = await sql<{ counts: string[] }>`
    select array[${sql.join(counts)}]::text[] as counts ${liveRowsSql(dataset, workspaceId, joins())}
  `.execute(tx.db);
  return Object.fromEntries(fields.map((field, place) => [field, Number(rows[0]?.counts[place])]));
}
