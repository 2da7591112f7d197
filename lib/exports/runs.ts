import { sql } from 'kysely';
import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { artifactsOf, artifactView } from '#lib/exports/artifacts.ts';
import { checkDefinition } from '#lib/exports/check.ts';
import { type ExportView, findExport } from '#lib/exports/export-view.ts';
import { exportJob } from '#lib/exports/job.ts';
import { ring } from '#lib/jobs/bell.ts';
import { jobErrorSchema } from '#lib/jobs/contract.ts';
import { type EnqueueOptions, enqueue } from '#lib/jobs/enqueue.ts';
import { jobStatuses } from '#lib/jobs/jobs.ts';

/** One run of an export as its history shows it. */
export const exportRun = z
  .object({
    id: z.guid().meta({ description: 'Its job’s id.' }),
    status: z.enum(jobStatuses),
    error: jobErrorSchema.nullable(),
    retryOf: z.guid().nullable().meta({ description: 'The run that it runs again.' }),
    retryAttempt: z.int().meta({ description: 'How often the run has been run again by a person.' }),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    completedAt: z.iso.datetime().nullable(),
    warnings: z.array(z.unknown()).readonly(),
    artifacts: z.array(artifactView).readonly(),
  })
  .meta({ id: 'ExportRun' });
export type ExportRun = Readonly<z.infer<typeof exportRun>>;

/**
 * Queues a run of the export. Throws `invalid` where it no longer fits its dataset, and `conflict` while
 * another run of it is under way.
 */
export async function runExport(session: Session, exportId: string): Promise<{ jobId: string }> {
  requireRole(session, 'editor');
  const jobId = await asMember(session, (tx) => enqueueRun(tx, session, exportId));
  await ring(jobId, 0);
  return { jobId };
}

/** As `runExport`, in the caller's transaction and rung for by the caller; gives the job's id. */
export async function enqueueRun(
  tx: Tx,
  session: Session,
  exportId: string,
  options: Pick<EnqueueOptions, 'priority' | 'parentId' | 'dependsOn'> = {},
): Promise<string> {
  await checkDefinition(tx, session, await findExport(tx, exportId));
  const singletonKey = `export:${exportId}`;
  const jobId = await enqueue(tx, session, exportJob, { exportId }, { ...options, singletonKey });
  await audit(tx, 'export.started', exportId, { jobId });
  return jobId;
}

/** The runs of an export, latest first, with new links to the files that are still kept. */
export async function exportHistory(
  session: Session,
  exportId: string,
  query: ListQuery,
): Promise<ListPage<ExportRun>> {
  return asMember(session, async (tx) => {
    const view = await findExport(tx, exportId);
    const ofExport = selectRuns(tx).where(exportOf, '=', exportId);
    const { items, nextCursor } = await keysetPage(ofExport, query, 'desc');
    return { items: await withArtifacts(tx, items, [view]), nextCursor };
  });
}

/** The latest run of each of these exports that has ever run, by the export's id. */
export async function latestRuns(tx: Tx, exports: readonly LinkLife[]): Promise<Map<string, ExportRun>> {
  if (exports.length === 0) return new Map();
  const ids = exports.map(({ id }) => id);
  const latest = await selectRuns(tx)
    .distinctOn(exportOf)
    .where(exportOf, 'in', ids)
    .orderBy(exportOf)
    .orderBy('created_at', 'desc')
    .execute();
  const runs = await withArtifacts(tx, latest, exports);
  return new Map(latest.map(({ exportId }, place) => [exportId, runs[place] as ExportRun]));
}

/** An export and how long the links to its files work. */
type LinkLife = Pick<ExportView, 'id' | 'destination'>;
type RunRow = Omit<ExportRun, 'artifacts'> & { readonly exportId: string };

const exportOf = sql<string>`payload ->> 'exportId'`;

function selectRuns({ db }: Tx) {
  return db
    .selectFrom('jobs')
    .select(['id', 'status', 'error', 'warnings', exportOf.as('exportId')])
    .select(['created_at as createdAt', 'started_at as startedAt', 'completed_at as completedAt'])
    .select(['retry_of as retryOf', 'retry_attempt as retryAttempt'])
    .where('kind', '=', exportJob.kind)
    .$castTo<RunRow>();
}

async function withArtifacts(
  tx: Tx,
  rows: readonly RunRow[],
  exports: readonly LinkLife[],
): Promise<ExportRun[]> {
  const lives = new Map(exports.map(({ id, destination }) => [id, destination.expiresInHours]));
  const hours = new Map(rows.map(({ id, exportId }) => [id, lives.get(exportId) ?? 0]));
  const artifacts = await artifactsOf(tx, hours);
  return rows.map(({ exportId: _, ...run }) => ({ ...run, artifacts: artifacts.get(run.id) ?? [] }));
}
