import { sql } from 'kysely';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type Artifact, artifactsOf } from '#lib/exports/artifacts.ts';
import { checkDefinition } from '#lib/exports/check.ts';
import { findExport } from '#lib/exports/export-view.ts';
import { exportJob } from '#lib/exports/job.ts';
import { ring } from '#lib/jobs/bell.ts';
import type { JobError } from '#lib/jobs/contract.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';

/** One run of an export as its history shows it. */
export interface ExportRun {
  readonly id: string;
  readonly status: string;
  readonly error: JobError | null;
  readonly createdAt: string;
  readonly completedAt: string | null;
  readonly artifacts: readonly Artifact[];
}

/**
 * Queues a run of the export. Throws `invalid` where it no longer fits its dataset, and `conflict` while
 * another run of it is under way.
 */
export async function runExport(session: Session, exportId: string): Promise<{ jobId: string }> {
  requireRole(session, 'editor');
  const jobId = await asMember(session, async (tx) => {
    await checkDefinition(tx, session, await findExport(tx, exportId));
    const id = await enqueue(tx, session, exportJob, { exportId }, { singletonKey: `export:${exportId}` });
    await audit(tx, 'export.started', exportId, { jobId: id });
    return id;
  });
  await ring(jobId, 0);
  return { jobId };
}

/** The runs of an export, latest first, with new links to the files that are still kept. */
export async function exportHistory(
  session: Session,
  exportId: string,
  query: ListQuery,
): Promise<ListPage<ExportRun>> {
  return asMember(session, async (tx) => {
    const view = await findExport(tx, exportId);
    const { items, nextCursor } = await keysetPage(selectRuns(tx, exportId), query, 'desc');
    const ids = items.map(({ id }) => id);
    const artifacts = await artifactsOf(tx, ids, view.destination.expiresInHours);
    return { items: items.map((run) => ({ ...run, artifacts: artifacts.get(run.id) ?? [] })), nextCursor };
  });
}

function selectRuns({ db }: Tx, exportId: string) {
  return db
    .selectFrom('jobs')
    .select(['id', 'status', 'error', 'created_at as createdAt', 'completed_at as completedAt'])
    .where('kind', '=', exportJob.kind)
    .where(sql`payload ->> 'exportId'`, '=', exportId)
    .$castTo<Omit<ExportRun, 'artifacts'>>();
}
