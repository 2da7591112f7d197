import { sql } from 'kysely';
import type { Session } from '#lib/auth/session.ts';
import { liveRowsSql } from '#lib/datasets/cells.ts';
import { allDatasets } from '#lib/datasets/registry.ts';
import { datasetsOf } from '#lib/datasets/stream-mapping.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { SourceView } from './view.ts';

type Mapped = Pick<SourceView, 'id' | 'streams'>;

/** How many rows of each source there are now, by its id, in the datasets that it is mapped onto. */
export function countRows(
  session: Session,
  sources: readonly Mapped[],
): Promise<ReadonlyMap<string, number>> {
  return asMember(session, async (tx) => {
    const counts = new Map(sources.map(({ id }) => [id, 0]));
    for (const dataset of await allDatasets(tx)) {
      const ids = sources.filter((source) => isMapped(source, dataset.name)).map(({ id }) => id);
      if (ids.length === 0) continue;
      const { rows } = await sql<{ id: string; rows: string }>`
        select r.source_id as id, count(*) as rows ${liveRowsSql(dataset, session.workspaceId)}
          and r.source_id = any (${ids}::uuid[]) group by r.source_id
      `.execute(tx.db);
      for (const { id, rows: count } of rows) counts.set(id, (counts.get(id) ?? 0) + Number(count));
    }
    return counts;
  });
}

function isMapped({ streams }: Mapped, dataset: string): boolean {
  return Object.values(streams).some((stream) => datasetsOf(stream).includes(dataset));
}
