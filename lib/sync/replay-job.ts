import { z } from 'zod';
import { parseExactJson } from '#lib/core/exact-json.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { defineJob, type JobContext } from '#lib/jobs/contract.ts';
import { fenced } from './fence.ts';
import { followUp } from './follow-up.ts';
import { added, mergeWhole } from './load.ts';
import { mapPages } from './map.ts';
import { openStream } from './open-stream.ts';
import { markReplayed, type ParkedRow, parkedRows } from './parked.ts';
import { holdSource, openRun, type Run, resultOf, settleRun, storeCounts } from './run.ts';
import { isDataError, mergeSparing } from './sparing.ts';
import { writeRows } from './write-page.ts';

const payload = z.object({ sourceId: z.uuid(), runId: z.uuid() });

/** More than a batch takes; with less time left, the next slice goes on. */
const BATCH_MS = 5_000;

/**
 * Maps the rows that a source's syncs have set aside once more, as its mapping is now, and brings in those that fit:
 * each with the version that it had, so that what came later stays.
 */
export const replayJob = defineJob({
  kind: 'replay',
  payloadVersion: 1,
  payload,
  async slice(context) {
    const run = await openRun(context);
    for (const stream of Object.keys(run.mappings)) {
      while (await replayBatch(context, run, stream)) {
        if (context.timeLeft() < BATCH_MS) return { outcome: 'again' };
      }
    }
    return { outcome: 'done', result: resultOf(run) };
  },
  settle: settleRun,
  after: ({ payload }) => followUp(payload),
});

/** Answers whether there was anything to replay. */
async function replayBatch(context: JobContext<unknown>, run: Run, name: string): Promise<boolean> {
  const stream = await openStream(context, run, name);
  const parked = await fenced(context, (tx) => parkedRows(tx, run, name));
  if (parked.length === 0) return false;
  const write = (merging: typeof mergeSparing) =>
    fenced(context, (tx) => replay(tx, run, stream, parked, merging), { currentPhase: 'writing' });
  const counts = await write(mergeWhole).catch((error: unknown) => {
    if (!isDataError(error)) throw error;
    return write(mergeSparing);
  });
  Object.assign(run.counts, counts);
  return true;
}

async function replay(
  tx: Tx,
  run: Run,
  stream: Awaited<ReturnType<typeof openStream>>,
  parked: readonly ParkedRow[],
  merging: typeof mergeSparing,
) {
  await holdSource(tx, run);
  const rows = parked.map(({ payload, version }, line) => ({
    line,
    updatedAt: version,
    values: parseExactJson(payload) as Record<string, unknown>,
  }));
  const [page] = await Array.fromAsync(mapPages(once({ rows, cursor: null }), stream, ''));
  if (!page) return {};
  const written = await writeRows(tx, { run, page, fromRevision: null, merging });
  await markReplayed(tx, run, parked, [...written.rejects, ...page.itemRejects.map(({ reject }) => reject)]);
  const counts = added(run, written);
  await storeCounts(tx, run, counts);
  return counts;
}

async function* once<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}
