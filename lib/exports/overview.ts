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
