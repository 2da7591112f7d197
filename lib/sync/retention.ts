import { type RawBuilder, sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';

const ROWS_AT_ONCE = 2_000;

/**
 * Removes what is older than 90 days of the history of syncs: changes, insertions, rejects that are resolved, deletes
 * that are over, and at last the runs that nothing needs any more. Lists of rows that a person has kept stay: they keep
 * the rows. One call removes a bounded number of each, and says how many in all.
 */
export async function forgetHistory(): Promise<number> {
  let removed = 0;
  for (const { table, where } of kept) {
    const gone = await asService(({ db }) =>
      sql`
        delete from ${sql.table(table)} where ctid in (
          select ctid from ${sql.table(table)} where created_at < now() - interval '90 days' and ${where}
          limit ${ROWS_AT_ONCE} for update skip locked)
      `.execute(db),
    );
    removed += Number(gone.numAffectedRows ?? 0);
  }
  return removed;
}

const kept: readonly { readonly table: string; readonly where: RawBuilder<boolean> }[] = [
  { table: 'public.sync_changes', where: sql`true` },
  { table: 'public.sync_revisions', where: sql`true` },
  { table: 'public.sync_rejects', where: sql`resolved_at is not null` },
  { table: 'public.sync_deletions', where: sql`status in ('planned', 'applied', 'superseded')` },
  {
    table: 'public.sync_runs',
    where: sql`completed_at is not null
      and not exists (select from public.sync_cursors c where c.run_id = sync_runs.id)
      and not exists (select from public.sync_changes h where h.run_id = sync_runs.id)
      and not exists (select from public.sync_revisions v where v.run_id = sync_runs.id)
      and not exists (select from public.sync_rejects r where r.run_id = sync_runs.id)
      and not exists (select from public.sync_deletions d where d.run_id = sync_runs.id)`,
  },
];
