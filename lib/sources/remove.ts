import { sql } from 'kysely';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { requireUnchanged } from '#lib/core/etag.ts';
import { allDatasets, type Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { discardSpool } from '#lib/storage/spool.ts';

/** Removing many rows takes longer than other statements may. */
const STATEMENT_TIMEOUT_MS = 120_000;

/**
 * Removes a source with its credentials and history, and cancels a sync of it. Its rows are kept or removed as
 * `rows` says; throws `invalid` where it has some and nothing is said, and `version_mismatch` where `ifMatch` is
 * given and the source has changed since.
 */
export async function deleteSource(
  session: Session,
  id: string,
  rows?: 'keep' | 'remove',
  ifMatch?: string,
): Promise<void> {
  requireRole(session, 'editor');
  const openRuns = await asMember(
    session,
    (tx) => removeSource(tx, session.workspaceId, { id, rows, ifMatch }),
    {
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    },
  );
  for (const run of openRuns) {
    if (run.status === 'queued' || run.status === 'running') await cancelQuietly(session, run.job_id);
    if (run.spooled) await discardSpool(run.id);
  }
}

interface Removal {
  readonly id: string;
  readonly rows: 'keep' | 'remove' | undefined;
  readonly ifMatch: string | undefined;
}

/** Takes its locks in the order source, dataset, rows, and answers the runs that had something left to do. */
async function removeSource(tx: Tx, workspaceId: string, { id, rows, ifMatch }: Removal): Promise<OpenRun[]> {
  const openRuns = await openRunsOf(tx, id);
  const source = await tx.db
    .deleteFrom('external_data_sources')
    .where('id', '=', id)
    .returning(['display_name as displayName', 'updated_at as updatedAt'])
    .executeTakeFirst();
  if (!source) throw new EntrepotError('not_found', 'There is no such source.');
  requireUnchanged(source, ifMatch);
  for (const dataset of await allDatasets(tx)) {
    if (dataset.kind === 'view' || !(await hasRows(tx, dataset, workspaceId, id))) continue;
    if (rows === undefined) throw whatAboutRows(dataset);
    if (rows === 'remove') await removeRows(tx, dataset, workspaceId, id);
  }
  await audit(tx, 'source.deleted', id, { displayName: source.displayName, rows: rows ?? 'none' });
  return openRuns;
}

type OpenRun = Awaited<ReturnType<typeof openRunsOf>>[number];

function openRunsOf({ db }: Tx, sourceId: string) {
  return db
    .selectFrom('sync_runs')
    .select(['id', 'job_id', 'status', 'spooled'])
    .where('source_id', '=', sourceId)
    .where((is) => is.or([is('spooled', '=', true), is('status', 'in', ['queued', 'running'])]))
    .execute();
}

async function hasRows({ db }: Tx, { table }: Dataset, workspaceId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from ${sql.table(`${table.schema}.${table.name}`)}
    where workspace_id = ${workspaceId} and source_id = ${id} limit 1
  `.execute(db);
  return rows.length > 0;
}

async function removeRows({ db }: Tx, dataset: Dataset, workspaceId: string, id: string): Promise<void> {
  const { schema, name } = dataset.table;
  await sql`select private.next_revision(${dataset.id})`.execute(db);
  await sql`
    delete from ${sql.table(`${schema}.${name}`)} where workspace_id = ${workspaceId} and source_id = ${id}
  `.execute(db);
}

/** A job that has ended meanwhile needs no cancelling. */
async function cancelQuietly(session: Session, jobId: string | null): Promise<void> {
  try {
    if (jobId) await cancelJob(session, jobId);
  } catch (error) {
    if (!isEntrepotError(error) || error.code !== 'conflict') throw error;
  }
}

function whatAboutRows({ name }: Dataset): EntrepotError {
  const problem = `the dataset "${name}" holds rows of this source: say "keep" or "remove"`;
  return new EntrepotError('invalid', `Nothing was deleted: ${problem}.`, { fields: { rows: problem } });
}
