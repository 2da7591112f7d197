import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import { listObjects, removeObjects } from './objects.ts';

const AT_ONCE = 50;
const FOLDERS_AT_ONCE = 20;

/** What one call has removed, in artifacts, in runs whose leavings it looked for, and in uploads. */
export interface Emptied {
  readonly artifactsRemoved: number;
  readonly runsCleared: number;
  readonly uploadsRemoved: number;
}

/**
 * Removes files past their time, what exports that failed or were cancelled have left, and uploads of 30 days
 * ago that no source, export or template names. Objects go before the rows that name them, so that what is cut off is
 * done again. One call does a bounded amount; the next does the rest.
 */
export async function emptyStorage(): Promise<Emptied> {
  return {
    artifactsRemoved: await removeExpired(),
    runsCleared: await clearRuns(),
    uploadsRemoved: await removeUnused(),
  };
}

/** No link outlives its file, so nobody can be promised one that goes here. */
async function removeExpired(): Promise<number> {
  const expired = await asService(({ db }) =>
    db
      .selectFrom('artifacts')
      .select(['id', 'path'])
      .where('expires_at', '<', sql<string>`now()`)
      .orderBy('expires_at')
      .limit(AT_ONCE)
      .execute(),
  );
  return removeAll('artifacts', expired, (path) => [path, `${path}.manifest.json`]);
}

async function removeUnused(): Promise<number> {
  const unused = await asService(({ db }) =>
    sql<Stored>`
      select u.id, u.path from public.uploads u
      where u.created_at < now() - interval '30 days' and not exists (
        select from public.external_data_sources s
        where s.workspace_id = u.workspace_id and s.config->>'upload' = u.id::text)
        and not exists (select from public.exports e
          where e.workspace_id = u.workspace_id and e.definition #>> '{format,options,template,upload}' = u.id::text)
        and not exists (select from public.export_templates t
          -- Its customizations may choose between several.
          where t.workspace_id = u.workspace_id and strpos(t.template::text, u.id::text) > 0)
      limit ${AT_ONCE}
    `.execute(db),
  );
  return removeAll('uploads', unused.rows, (path) => [path]);
}

interface Stored {
  readonly id: string;
  readonly path: string;
}

async function removeAll(
  table: 'artifacts' | 'uploads',
  stored: readonly Stored[],
  objectsOf: (path: string) => readonly string[],
): Promise<number> {
  if (stored.length === 0) return 0;
  await removeObjects(stored.flatMap(({ path }) => objectsOf(path)));
  const ids = stored.map(({ id }) => id);
  await asService(({ db }) => db.deleteFrom(table).where('id', 'in', ids).execute());
  return stored.length;
}

interface EndedRun {
  readonly id: string;
  readonly workspaceId: string;
  readonly completedAt: string;
}

/** An hour after its end no worker that was taken for dead is still writing. */
async function clearRuns(): Promise<number> {
  const ended = await asService(({ db }) =>
    sql<EndedRun>`
      select id, workspace_id as "workspaceId", completed_at as "completedAt" from public.jobs
      where kind = 'export' and status in ('failed', 'cancelled')
        and (cleared_at is null or cleared_at < completed_at) and completed_at < now() - interval '1 hour'
      order by completed_at limit ${FOLDERS_AT_ONCE}
    `.execute(db),
  );
  for (const run of ended.rows) await clearRun(run);
  return ended.rows.length;
}

/** A run that is retried meanwhile writes elsewhere: of what was listed before, nothing is its own. */
async function clearRun(run: EndedRun): Promise<void> {
  const paths = await listObjects(`artifacts/${run.workspaceId}/${run.id}/`);
  if (paths.length > 0 && (await hasNothing(run))) await removeObjects(paths);
  await asService(({ db }) =>
    db
      .updateTable('jobs')
      .set({ cleared_at: sql<string>`now()` })
      .where('id', '=', run.id)
      .where('completed_at', '=', run.completedAt)
      .execute(),
  );
}

/** Whether it is still the run that ended then, and none of its files counts as made. */
async function hasNothing({ id, completedAt }: EndedRun): Promise<boolean> {
  const found = await asService(({ db }) =>
    sql`
      select from public.jobs j where j.id = ${id} and j.completed_at = ${completedAt}
        and not exists (select from public.artifacts a where a.job_id = j.id)
    `.execute(db),
  );
  return found.rows.length > 0;
}
