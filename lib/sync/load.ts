import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { type Counts, noCounts, sumCounts } from './counts.ts';
import { onlyPlanned } from './dry-run.ts';
import { fenced } from './fence.ts';
import { databaseReject, type MappedPage, type ReadRow, seenIn } from './map.ts';
import { latestByKey, merge, type Writing } from './merge.ts';
import type { OpenStream } from './open-stream.ts';
import { movePass, type Pass, restartPass } from './pass.ts';
import { progressAfter } from './progress.ts';
import { storeRejects } from './rejects.ts';
import { holdSource, type Run, storeCounts, warn } from './run.ts';
import { requireSound } from './safeguards.ts';
import { noteSeen } from './seen.ts';
import { isDataError, mergeSparing } from './sparing.ts';

interface PageWork {
  readonly run: Run;
  readonly stream: OpenStream;
  readonly pass: Pass;
  readonly page: MappedPage;
}

/**
 * Brings one page into its dataset: rows, what they changed, rejects, keys seen, cursor and counts in one
 * transaction, which takes its locks in the order job, source, dataset, rows by key. A row that the database
 * refuses is set aside, and the rest goes on. Throws `data_validation_failed`, with the page's rejects stored and
 * nothing else of it, where the source allows no more of them. Gives the pass as it stands then.
 */
export async function loadPage(context: JobContext<unknown>, work: PageWork): Promise<Pass> {
  const { run, stream, pass, page } = work;
  await refuseUnsound(context, work);
  const progress = progressAfter(run, stream, pass, sizeOf(page));
  const write = (merging: typeof mergeSparing) =>
    fenced(context, (tx) => writePage(tx, work, merging), progress);
  const written = await write(mergeWhole).catch((error: unknown) => {
    if (!isDataError(error)) throw error;
    return write(mergeSparing);
  });
  run.counts[stream.name] = written.counts;
  return written.pass;
}

const mergeWhole: typeof mergeSparing = async (...args) => ({ merged: await merge(...args), refused: [] });

interface Written {
  readonly counts: Counts;
  readonly pass: Pass;
}

async function writePage(tx: Tx, work: PageWork, merging: typeof mergeSparing): Promise<Written> {
  const { run, stream, pass, page } = work;
  await holdSource(tx, run);
  const rows = latestByKey(page.rows);
  const { merged, refused } = await onlyPlanned(tx, run, stream, async () =>
    merging<ReadRow>(tx, stream.target, rows, await takeRevision(tx, work)),
  );
  const rejects = [...page.rejects, ...refused.map(({ row, reason }) => databaseReject(row, reason))];
  await storeRejects(tx, { ...run, stream: stream.name }, rejects);
  const { keys, nameless } = seenIn(page);
  await noteSeen(tx, pass, keys);
  const counts = sumCounts([
    run.counts[stream.name] ?? noCounts,
    {
      ...noCounts,
      ...merged,
      read: sizeOf(page),
      rejected: rejects.length,
      superseded: page.rows.length - rows.length + merged.superseded,
    },
  ]);
  await storeCounts(tx, run, stream.name, counts);
  if (page.doubt) await warn(tx, run, stream.name, page.doubt.reason);
  const toBeRepeated = page.doubt?.settledByAnother ?? false;
  return { counts, pass: await movePass(tx, pass, { ...page, toBeRepeated, nameless }) };
}

/** Stops the run where this page's rejects are too many; a retry reads the stream from its start. */
async function refuseUnsound(
  context: JobContext<unknown>,
  { run, stream, pass, page }: PageWork,
): Promise<void> {
  const before = run.counts[stream.name] ?? noCounts;
  const rejected = before.rejected + page.rejects.length;
  const counts = { ...before, read: before.read + sizeOf(page), rejected };
  try {
    requireSound(run.rejectLimit, counts);
  } catch (error) {
    await fenced(context, async (tx) => {
      await storeRejects(tx, { ...run, stream: stream.name }, page.rejects);
      await restartPass(tx, pass, pass.since);
    });
    throw error;
  }
}

function sizeOf({ rows, rejects }: MappedPage): number {
  return rows.length + rejects.length;
}

/** Takes the dataset's next revision, and with it the right to write there until the transaction ends. */
async function takeRevision({ db }: Tx, { run, stream, pass }: PageWork): Promise<Writing> {
  const { rows } = await sql<{ revision: string }>`
    select private.next_revision(${stream.target.datasetId}) as revision`.execute(db);
  return {
    runId: run.runId,
    from: pass.fromRevision,
    revision: rows[0]?.revision ?? '',
    policy: run.policyFor(stream.dataset),
  };
}
