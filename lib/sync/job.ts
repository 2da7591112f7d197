import { z } from 'zod';
import { defineJob } from '#lib/jobs/contract.ts';
import { openRun, resultOf, settleRun } from './run.ts';
import { closeSpool } from './spooled.ts';
import { syncStream } from './stream.ts';

const payload = z.object({
  sourceId: z.uuid(),
  runId: z.uuid(),
  mode: z.enum(['incremental', 'full']),
  streams: z.array(z.string()).optional(),
});

/** Reads a source's streams one after another into their datasets, page by page. */
export const syncJob = defineJob({
  kind: 'sync',
  payloadVersion: 1,
  payload,
  async slice(context) {
    const run = await openRun(context);
    for (const stream of context.payload.streams ?? Object.keys(run.mappings)) {
      const finished = await syncStream(context, run, stream, context.payload.mode === 'incremental');
      if (!finished) return { outcome: 'again' };
    }
    await closeSpool(context, run);
    return { outcome: 'done', result: resultOf(run) };
  },
  settle: settleRun,
});
