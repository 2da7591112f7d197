import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import { ring } from '#lib/jobs/bell.ts';
import { createRuns, type StartedRun, selectStartable } from './create-run.ts';

const STARTED_AT_ONCE = 100;

/** Starts a sync of every source whose time has come, of all workspaces. One call does a bounded number. */
export async function syncDue(): Promise<{ runs: StartedRun[] }> {
  const runs = await asService(async (tx) => {
    const due = await selectStartable(tx)
      .where('enabled', '=', true)
      .where('next_sync_at', '<=', sql<string>`now()`)
      .clearOrderBy()
      .orderBy('next_sync_at')
      .limit(STARTED_AT_ONCE)
      .execute();
    const created = await createRuns(tx, due, { mode: 'full', trigger: 'schedule' });
    const ids = due.map(({ id }) => id);
    await tx.db
      .updateTable('external_data_sources')
      .set({ next_sync_at: nextTime })
      .where('id', '=', sql<string>`any(${ids}::uuid[])`)
      .execute();
    return created;
  });
  await Promise.all(runs.map(({ jobId }) => ring(jobId, 0)));
  return { runs };
}

/** On the hour, as the clock that calls this strikes it. */
const nextTime = sql<string>`date_trunc('hour', now())
  + case sync_frequency when 'hourly' then interval '1 hour' when 'daily' then interval '1 day' end`;
