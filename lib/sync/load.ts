import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { type Counts, noCounts, sumCounts } from './counts.ts';
import { fenced } from './fence.ts';
import { databaseReject, type MappedPage, type ReadRow } from './map.ts';
import { latestByKey, merge, type Revisions } from './merge.ts';
import type { OpenStream } from './open-stream.ts';
import { movePass, type Pass } from './pass.ts';
import { progressAfter } from './progress.ts';
import { storeRejects } from './rejects.ts';
import { holdSource, type Run, storeCounts } from './run.ts';
import { isDataError, mergeSparing } from './sparing.ts';

interface PageWork {
  readonly run: Run;
  readonly stream: OpenStream;
  readonly pass: Pass;
  readonly page: MappedPage;
}

/**
 * Brings one page into its dataset: rows, rejects, cursor and counts in one transaction, which takes its locks
 * in the order job, source, dataset, rows by key. A row that the database refuses is set aside, and the rest
 * goes on. Gives the pass as it stands then.
 */
export async function loadPage(context: JobContext<unknown>, work: PageWork): Promise<Pass> {
  const { run, stream, pass, page } = work;
  const progress = progressAfter(run, stream, pass, sizeOf(page));
  const write = (merging: typeof mergeSparing) =>
    fenced(context, (tx) => writePage(tx, work, merging), progress);
  const counts = await write(mergeWhole).catch((error: unknown) => {
    if (!isDataError(error)) throw error;
    return write(mergeSparing);
  });
  run.counts[stream.name] = counts;
  return { ...pass, cursor: page.cursor };
}

const mergeWhole: typeof mergeSparing = async (...args) => ({ merged: await merge(...args), refused: [] });

async function writePage(tx: Tx, work: PageWork, merging: typeof mergeSparing): Promise<Counts> {
  const { run, stream, pass, page } = work;
  await holdSource(tx, run);
  const revisions = await takeRevision(tx, stream.target.datasetId, pass);
  const rows = latestByKey(page.rows);
  const { merged, refused } = await merging<ReadRow>(tx, stream.target, rows, revisions);
  const rejects = [...page.rejects, ...refused.map(({ row, reason }) => databaseReject(row, reason))];
  await storeRejects(tx, { ...run, stream: stream.name }, rejects);
  await movePass(tx, pass, page.cursor, page.complete);
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
  return counts;
}

function sizeOf({ rows, rejects }: MappedPage): number {
  return rows.length + rejects.length;
}

/** Takes the dataset's next revision, and with it the right to write there until the transaction ends. */
async function takeRevision({ db }: Tx, datasetId: string, pass: Pass): Promise<Revisions> {
  const { rows } = await sql<{ revision: string }>`
    select private.next_revision(${datasetId}) as revision`.execute(db);
  return { from: pass.fromRevision, now: rows[0]?.revision ?? '' };
}
