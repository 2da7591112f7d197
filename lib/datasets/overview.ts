import { sql } from 'kysely';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { liveRowsSql } from './cells.ts';
import { countFound } from './count-rows.ts';
import type { RowCount } from './estimate.ts';
import { allDatasets, type Dataset } from './registry.ts';
import { viewProblem } from './views.ts';

/** A dataset as a list shows it: how much it holds, what feeds it, when it last changed. */
export interface DatasetSummary {
  readonly name: string;
  readonly label: string;
  readonly kind: Dataset['kind'];
  readonly rows: RowCount;
  /** The sources with a stream that is mapped onto it, by name. */
  readonly sources: readonly Feed[];
  /** ISO 8601 in UTC; null where nothing was ever written. */
  readonly changedAt: string | null;
  /** Why a view cannot be read any more. */
  readonly problem: string | undefined;
}

interface Feed {
  readonly id: string;
  readonly name: string;
}

const NONE: RowCount = { total: 0, isExact: true };

/** The workspace's datasets, by label. */
export async function datasetsOverview(acting: Acting): Promise<DatasetSummary[]> {
  return asMember(acting, async (tx) => {
    const feeds = await feedsByDataset(tx);
    const summaries: DatasetSummary[] = [];
    for (const dataset of await allDatasets(tx)) {
      const { name, label, kind } = dataset;
      const problem = await viewProblem(tx, dataset);
      const rows = problem ? NONE : await countFound(tx, liveRowsSql(dataset, acting.workspaceId));
      const changedAt = await lastChange(tx, dataset, acting.workspaceId);
      summaries.push({ name, label, kind, rows, sources: feeds.get(name) ?? [], changedAt, problem });
    }
    return summaries.sort((one, other) => one.label.localeCompare(other.label));
  });
}

async function feedsByDataset({ db }: Tx): Promise<Map<string, Feed[]>> {
  const { rows } = await sql<Feed & { dataset: string }>`
    select distinct s.id, s.display_name as name, part ->> 'dataset' as dataset
    from external_data_sources as s, jsonb_each(s.field_mappings) as stream,
      lateral (select stream.value as part union all select jsonb_array_elements(stream.value -> 'also')) as parts
    order by name, s.id
  `.execute(db);
  const byDataset = Map.groupBy(rows, ({ dataset }) => dataset);
  return new Map([...byDataset].map(([name, fed]) => [name, fed.map(({ id, name }) => ({ id, name }))]));
}

/** Of the row that was written last: its revision is the highest, and there is an index of those. */
async function lastChange({ db }: Tx, { kind, table }: Dataset, workspaceId: string): Promise<string | null> {
  if (kind === 'view') return null;
  const { rows } = await sql<{ changed_at: string }>`
    select greatest(synced_at, deleted_at) as changed_at from ${sql.id(table.schema, table.name)}
    where workspace_id = cast(${workspaceId} as uuid) order by revision desc limit 1
  `.execute(db);
  return rows[0]?.changed_at ?? null;
}
