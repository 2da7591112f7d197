import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';

/**
 * What the last sync took of each source of a type that read what is mapped now, in calls that brought something. A
 * sync out of the cache tells nothing, nor does one that read everything where the next begins at a bookmark.
 */
export async function lastCalls({ db }: Tx, sourceType: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; calls: number }>`
    select s.id, last.calls
    from public.external_data_sources s
    cross join lateral (
      select r.api_calls - r.wasted_calls as calls
      from public.sync_runs r
      where r.source_id = s.id and r.status = 'completed' and r.mode <> 'replay' and not r.dry_run
        and r.cache_hits = 0
        and array(select jsonb_object_keys(r.streams) order by 1)
          = array(select jsonb_object_keys(s.field_mappings) order by 1)
        and not (r.whole and exists (
          select from public.sync_cursors c where c.source_id = s.id and c.bookmark is not null))
      order by r.created_at desc limit 1
    ) as last
    where s.source_type = ${sourceType}
  `.execute(db);
  return new Map(rows.map(({ id, calls }) => [id, calls]));
}
