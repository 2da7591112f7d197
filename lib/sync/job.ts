import { z } from 'zod';
import { isEntrepotError } from '#lib/core/errors.ts';
import { defineJob, type JobContext, type SliceEnd } from '#lib/jobs/contract.ts';
import { storeCost } from './cost.ts';
import { followUp } from './follow-up.ts';
import { openRun, type Run, resultOf, type SyncPayload, type SyncResult, settleRun } from './run.ts';
import { closeSpool } from './spooled.ts';
import { syncStream } from './stream.ts';

const payload = z.object({
  sourceId: z.uuid(),
  runId: z.uuid(),
  mode: z.enum(['incremental', 'full']),
  streams: z.array(z.string()).optional(),
  cache: z.enum(['use', 'renew']).optional(),
});

/** Reads a source's streams one after another into their datasets, page by page. */
export const syncJob = defineJob({
  kind: 'sync',
  payloadVersion: 1,
  payload,
  async slice(context) {
    try {
      return await readStreams(context);
    } catch (error) {
      // The source's limits, and nothing that failed: the job goes on when they admit the next call.
      if (!isEntrepotError(error) || error.code !== 'throttled') throw error;
      return { outcome: 'again', at: new Date(Date.now() + (error.retryAfterMs ?? 0)) };
    }
  },
  settle: settleRun,
  after: ({ payload }) => followUp(payload),
});

async function readStreams(context: JobContext<SyncPayload>): Promise<SliceEnd<SyncResult>> {
  const run = await openRun(context);
  try {
    return await readOn(context, run);
  } finally {
    await storeCost(context, run);
  }
}

async function readOn(context: JobContext<SyncPayload>, run: Run): Promise<SliceEnd<SyncResult>> {
  const { streams, mode } = context.payload;
  for (const stream of streams ?? Object.keys(run.mappings)) {
    const finished = await syncStream(context, run, stream, mode === 'incremental');
    if (!finished) return { outcome: 'again' };
  }
  await closeSpool(context, run);
  return { outcome: 'done', result: resultOf(run) };
}
