import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { type Counts, noCounts, sumCounts } from './counts.ts';
import { onlyPlanned } from './dry-run.ts';
import { fenced } from './fence.ts';
import { whileKept } from './from-cache.ts';
import { type MappedPage, seenIn } from './map.ts';
import { merge } from './merge.ts';
import type { OpenStream } from './open-stream.ts';
import { askedAt, movePass, type Pass, restartPass } from './pass.ts';
import { progressAfter } from './progress.ts';
import { storeRejects } from './rejects.ts';
import { holdSource, type Run, storeCounts, warn } from './run.ts';
import { requireSound } from './safeguards.ts';
import { noteSeen } from './seen.ts';
import { isDataError, mergeSparing } from './sparing.ts';
import { type WrittenPage, writeRows } from './write-page.ts';

interface PageWork {
  readonly run: Run;
  readonly stream: OpenStream;
  readonly pass: Pass;
  readonly page: MappedPage;
}

/**
 * Brings one page into its datasets: rows, what they changed, rejects, keys seen, cursor and counts in one
 * transaction, which takes its locks in the order job, source, datasets, rows by key. A row that the database
 * refuses is set aside, and the rest goes on. Throws `data_validation_failed`, with the page's rejects stored and
 * nothing else of it, where the source allows no more of them. Gives the pass as it stands then.
 */
export async function loadPage(context: JobContext<unknown>, work: PageWork): Promise<Pass> {
  const { run, stream, pass, page } = work;
  await refuseUnsound(context, work);
  const progress = progressAfter(run, stream, pass, sizeOf(page));
  const write = (merging: typeof mergeSparing) =>
    fenced(context, (tx) => storePage(tx, work, merging), progress);
  const stored = await write(mergeWhole).catch((error: unknown) => {
    if (!isDataError(error)) throw error;
    return write(mergeSparing);
  });
  Object.assign(run.counts, stored.counts);
  return stored.pass;
}

export const mergeWhole: typeof mergeSparing = async (...args) => ({
  merged: await merge(...args),
  refused: [],
});

interface Stored {
  readonly counts: Readonly<Record<string, Counts>>;
  readonly pass: Pass;
}

async function storePage(tx: Tx, work: PageWork, merging: typeof mergeSparing): Promise<Stored> {
  const { run, stream, pass, page } = work;
  await holdSource(tx, run);
  const { fromRevision } = pass;
  const readAt = askedAt(pass);
  const written = await onlyPlanned(tx, run, page.targets, () =>
    writeRows(tx, { run, page, fromRevision, readAt, merging }),
  );
  await storeRejects(tx, { ...run, stream: stream.name }, written.rejects);
  for (const message of [page.words, page.doubt?.reason])
    if (message) await warn(tx, run, stream.name, message);
  const { keys, nameless } = seenIn(page);
  await noteSeen(tx, pass, keys);
  const counts = added(run, written);
  await storeCounts(tx, run, counts);
  const toBeRepeated = page.doubt?.settledByAnother ?? false;
  const moved = await movePass(tx, pass, { ...page, toBeRepeated, nameless });
  return { counts, pass: await whileKept(tx, moved, run) };
}

/** What the run has done so far with this page. */
export function added(run: Pick<Run, 'counts'>, { counts }: WrittenPage): Record<string, Counts> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, more]) => [name, sumCounts([run.counts[name] ?? noCounts, more])]),
  );
}

/**
 * Stops the run where this page sets aside too many rows of a dataset, those of lists too; a retry reads the stream
 * from its start.
 */
async function refuseUnsound(context: JobContext<unknown>, work: PageWork): Promise<void> {
  const { run, stream, pass, page } = work;
  try {
    for (const [index, { countsAs, dataset }] of page.targets.entries()) {
      const counts = sumCounts([run.counts[countsAs] ?? noCounts, foundFor(page, index)]);
      requireSound(run.rejectLimit, counts, dataset);
    }
  } catch (error) {
    await fenced(context, async (tx) => {
      const rejects = [...page.rejects, ...page.itemRejects.map(({ reject }) => reject)];
      await storeRejects(tx, { ...run, stream: stream.name }, rejects);
      await restartPass(tx, pass, pass.since);
    });
    throw error;
  }
}

/** What a page has for one of its targets, before the database is asked. */
function foundFor({ rows, rejects, itemRejects }: MappedPage, index: number): Counts {
  const good =
    index === 0 ? rows.length : rows.reduce((sum, { items }) => sum + (items[index - 1]?.length ?? 0), 0);
  const rejected = index === 0 ? rejects.length : itemRejects.filter(({ target }) => target === index).length;
  return { ...noCounts, read: good + rejected, rejected };
}

function sizeOf({ rows, rejects }: MappedPage): number {
  return rows.length + rejects.length;
}
