import { sql } from 'kysely';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { selectExports, toView } from '#lib/exports/export-view.ts';
import { type ExportRun, latestRuns } from '#lib/exports/runs.ts';

/** An export with how its latest run went; null where it has never run. */
export interface ExportSummary extends ExportView {
  readonly lastRun: ExportRun | null;
}

/** The workspace's exports, latest first, each with its latest run. */
export async function exportsOverview(session: Session, query: ListQuery): Promise<ListPage<ExportSummary>> {
  return asMember(session, async (tx) => {
    const { items, nextCursor } = await keysetPage(selectExports(tx), query, 'desc');
    const views = items.map(toView);
    const runs = await latestRuns(tx, views);
    return { items: views.map((view) => ({ ...view, lastRun: runs.get(view.id) ?? null })), nextCursor };
  });
}

/** How many rows a completed run has written into all of its files. */
export interface RunRows {
  readonly id: string;
  readonly completedAt: string;
  readonly rows: number;
}

const RUNS_COMPARED = 30;

/** The latest completed runs of an export, oldest first, those too whose files are no longer kept. */
export async function rowsPerRun(session: Session, exportId: string): Promise<RunRows[]> {
  const { rows } = await asMember(session, ({ db }) =>
    sql<RunRows>`
      select id, completed_at as "completedAt",
        (select coalesce(sum((file ->> 'rows')::bigint), 0)::float8
          from jsonb_array_elements(result -> 'artifacts') as file) as rows
      from public.jobs
      where kind = 'export' and status = 'completed' and payload ->> 'exportId' = ${exportId}
      order by created_at desc, id desc limit ${RUNS_COMPARED}
    `.execute(db),
  );
  return rows.toReversed();
}
