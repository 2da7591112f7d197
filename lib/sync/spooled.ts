import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { log } from '#lib/log.ts';
import { discardSpool } from '#lib/storage/spool.ts';
import { fenced } from './fence.ts';
import { whileKept } from './from-cache.ts';
import type { OpenStream } from './open-stream.ts';
import { livePages, spool } from './pages.ts';
import { noteSpool, type Pass } from './pass.ts';
import type { Run } from './run.ts';

/** Brings the whole body into the spool, in this slice or not at all. */
export async function spoolAll(
  context: JobContext<unknown>,
  run: Run,
  stream: OpenStream,
  pass: Pass,
): Promise<Pass> {
  await fenced(context, (tx) => markSpooled(tx, run, true));
  await context.report({ currentPhase: 'reading', itemsProcessed: 0 });
  const folder = { runId: run.runId, stream: stream.name, token: context.token };
  // A body that drips never makes a page, so the clock and not the next page ends it.
  const late = AbortSignal.timeout(Math.ceil(context.timeLeft()));
  const signal = AbortSignal.any([context.signal, late]);
  const pages = livePages(stream.name, pass, () => stream.connect(pass, signal));
  let arrived = 0;
  const spooling = spool(pages, folder, async (page, rows) => {
    arrived = rows;
    stream.fitTo(page.columns);
    signal.throwIfAborted();
    await context.report({ currentPhase: 'reading', itemsProcessed: rows });
  });
  const cursor = await spooling.catch((error: unknown) => {
    throw late.aborted ? tooSlow(arrived, error) : error;
  });
  return fenced(context, async (tx) => whileKept(tx, await noteSpool(tx, pass, cursor), run), {
    currentPhase: 'writing',
    itemsProcessed: 0,
  });
}

function tooSlow(rows: number, cause: unknown): EntrepotError {
  return new EntrepotError(
    'NETWORK_ERROR',
    `The source was too slow: ${rows} rows had arrived when the time for reading it was over. It is tried again; if that keeps failing, split the file.`,
    { cause },
  );
}

/** Notes whether objects of the run may lie in its spool. */
async function markSpooled({ db }: Tx, { runId }: Run, spooled: boolean): Promise<void> {
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
