import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { log } from '#lib/log.ts';
import { discardSpool } from '#lib/storage/spool.ts';
import { fenced } from './fence.ts';
import type { Run } from './run.ts';

/** Notes whether objects of the run may lie in its spool. */
export async function markSpooled({ db }: Tx, { runId }: Run, spooled: boolean): Promise<void> {
  await db.updateTable('sync_runs').set({ spooled }).where('id', '=', runId).execute();
}

/** Removes what the run has spooled once it has read everything, or leaves that to the sweeper. */
export async function closeSpool(context: JobContext<unknown>, run: Run): Promise<void> {
  try {
    await discardSpool(run.runId);
    await fenced(context, (tx) => markSpooled(tx, run, false));
  } catch (error) {
    log().warn({ error }, 'what a run has spooled is left to the sweeper');
  }
}
